"""Writes values of scikit-learn for the tests of metrics, preprocessing and splits:

- packages/metrics/testdata/measures.json
- packages/data-loaders/testdata/preparation.json
- packages/model-selection/testdata/temperatures.json

Run with scikit-learn 1.9.1, SciPy 1.17 and NumPy 2.4: python scripts/golden/selection.py
"""
import json, warnings
from pathlib import Path
import numpy as np
import sklearn
from scipy.optimize import minimize_scalar
from sklearn import metrics as m
from sklearn.calibration import calibration_curve
from sklearn.impute import SimpleImputer
from sklearn.model_selection import GroupKFold, KFold, StratifiedKFold, TimeSeriesSplit
from sklearn.preprocessing import (
    MinMaxScaler, OneHotEncoder, OrdinalEncoder, QuantileTransformer, RobustScaler, StandardScaler)
from sklearn.utils.class_weight import compute_class_weight

warnings.filterwarnings('ignore')
packages = Path(__file__).resolve().parents[2] / 'packages'
rng = np.random.default_rng(14)


def plain(value):
    """The value as JSON; NaN and infinities become strings."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(each) for each in value]
    if isinstance(value, (float, np.floating)) and not np.isfinite(value):
        return {'nan': 'NaN', 'inf': 'Infinity', '-inf': '-Infinity'}[str(float(value))]
    return value.item() if isinstance(value, np.generic) else value


def write(file, **content):
    versions = {'scikit-learn': sklearn.__version__, 'numpy': np.__version__}
    lines = [f' {json.dumps(key)}: {json.dumps(plain(value))}' for key, value in {'versions': versions, **content}.items()]
    path = packages / file
    path.parent.mkdir(exist_ok=True)
    path.write_text('{\n' + ',\n'.join(lines) + '\n}\n')


def scores(labels, predicted, classes, weights):
    options = {'sample_weight': weights}
    every = range(classes)
    def averages(beta):
        return {
            average or 'each': m.precision_recall_fscore_support(
                labels, predicted, beta=beta, labels=every, average=average, zero_division=0, **options)[:3]
            for average in [None, 'macro', 'micro', 'weighted']
        }
    return {
        'classes': classes, 'labels': labels, 'predicted': predicted, 'weights': weights,
        'beta1': averages(1), 'beta2': averages(2),
        'support': m.precision_recall_fscore_support(labels, predicted, labels=every, zero_division=0, **options)[3],
        'balancedAccuracy': m.balanced_accuracy_score(labels, predicted, **options),
        'adjustedBalancedAccuracy': m.balanced_accuracy_score(labels, predicted, adjusted=True, **options),
        'cohenKappa': {
            weighting or 'none': m.cohen_kappa_score(labels, predicted, labels=every, weights=weighting, **options)
            for weighting in [None, 'linear', 'quadratic']
        },
        'matthewsCorrelation': m.matthews_corrcoef(labels, predicted, **options),
        'matrix': {
            normalize or 'none': m.confusion_matrix(labels, predicted, labels=every, normalize=normalize, **options)
            for normalize in [None, 'true', 'pred', 'all']
        },
        'report': m.classification_report(
            labels, predicted, labels=every, target_names=[f'class {k}' for k in every], digits=3, zero_division=0,
            **options),
    }


def score_cases():
    yield 'random', scores(rng.integers(0, 4, 60), rng.integers(0, 4, 60), 4, None)
    labels = rng.integers(0, 3, 50)
    mostly = np.where(rng.random(50) < 0.7, labels, rng.integers(0, 3, 50))
    yield 'mostly right', scores(labels, mostly, 3, None)
    yield 'weighted', scores(labels, mostly, 3, rng.integers(0, 9, 50) / 4)
    yield 'binary', scores(labels % 2, mostly % 2, 2, rng.integers(1, 9, 50) / 4)
    yield 'a class without labels', scores(labels % 2, mostly, 3, None)
    yield 'a class without predictions', scores(labels, mostly % 2, 3, None)
    yield 'an absent class', scores(labels, mostly, 5, None)
    yield 'all right', scores(labels, labels, 3, None)
    yield 'one sample', scores(np.array([1]), np.array([0]), 3, None)


def curves(labels, values, weights):
    options = {'sample_weight': weights}
    roc = lambda **more: dict(zip(['falsePositiveRate', 'truePositiveRate', 'thresholds'], m.roc_curve(labels, values, **options, **more)))
    def calibration(**more):
        observed, predicted = calibration_curve(labels, values, **more)
        return {'observed': observed, 'predicted': predicted}
    case = {
        'labels': labels, 'scores': values, 'weights': weights,
        'roc': roc(drop_intermediate=False), 'rocCorners': roc(),
        'precisionRecall': dict(zip(['precision', 'recall', 'thresholds'], m.precision_recall_curve(labels, values, **options))),
        'averagePrecision': m.average_precision_score(labels, values, **options),
        'logLoss': m.log_loss(labels, values, labels=[0, 1], **options),
        'brierScore': m.brier_score_loss(labels, values, labels=[0, 1], **options),
    }
    if len(set(labels)) == 2:
        case['rocAuc'] = m.roc_auc_score(labels, values, **options)
        if weights is None:
            case['calibration'] = {
                'uniform': calibration(n_bins=5), 'quantile': calibration(n_bins=5, strategy='quantile')}
    return case


def curve_cases():
    labels = rng.integers(0, 2, 40)
    values = np.clip(0.3 * labels + 0.7 * rng.random(40), 0, 1)
    yield 'random', curves(labels, values, None)
    yield 'weighted', curves(labels, values, rng.integers(0, 9, 40) / 4)
    yield 'ties', curves(labels, np.round(values * 5) / 5, None)
    yield 'ties, weighted', curves(labels, np.round(values * 5) / 5, rng.integers(1, 9, 40) / 4)
    yield 'all scores the same', curves(labels, np.full(40, 0.25), None)
    yield 'separated', curves(labels, 0.2 + 0.6 * labels, None)
    yield 'all positive', curves(np.ones(6, int), values[:6], None)
    yield 'all negative', curves(np.zeros(6, int), values[:6], None)
    yield 'two samples', curves(np.array([1, 0]), np.array([0.25, 0.75]), None)


def probabilities(labels, classes, weights):
    p = rng.integers(1, 20, (len(labels), classes)) / 1.0
    p[np.arange(len(labels)), labels] += 8
    # Without ties, which scikit-learn breaks by the order of the classes and Keras does not break.
    p += np.arange(classes) / 64
    p /= p.sum(1, keepdims=True)
    options = {'sample_weight': weights}
    every = list(range(classes))
    case = {
        'classes': classes, 'labels': labels, 'probabilities': p, 'weights': weights,
        'logLoss': m.log_loss(labels, p, labels=every, **options),
        'brierScore': m.brier_score_loss(labels, p, labels=every, **options),
        'top2': m.top_k_accuracy_score(labels, p, k=2, labels=every, **options),
    }
    if len(set(labels)) == classes:
        case['rocAuc'] = {
            'macro': m.roc_auc_score(labels, p, multi_class='ovr', average='macro', **options),
            'weighted': m.roc_auc_score(labels, p, multi_class='ovr', average='weighted', **options),
        }
        if weights is None:
            case['rocAuc'] |= {
                'pairs, macro': m.roc_auc_score(labels, p, multi_class='ovo', average='macro'),
                'pairs, weighted': m.roc_auc_score(labels, p, multi_class='ovo', average='weighted'),
            }
    return case


def probability_cases():
    labels = rng.integers(0, 4, 40)
    yield 'random', probabilities(labels, 4, None)
    yield 'weighted', probabilities(labels, 4, rng.integers(1, 9, 40) / 4)
    yield 'an absent class', probabilities(labels % 3, 4, None)


def errors(targets, predictions, weights):
    options = {'sample_weight': weights}
    case = {
        'targets': targets, 'predictions': predictions, 'weights': weights,
        'meanAbsoluteError': m.mean_absolute_error(targets, predictions, **options),
        'meanSquaredError': m.mean_squared_error(targets, predictions, **options),
        'rootMeanSquaredError': m.root_mean_squared_error(targets, predictions, **options),
        'meanAbsolutePercentageError': m.mean_absolute_percentage_error(targets, predictions, **options),
        'explainedVariance': m.explained_variance_score(targets, predictions, **options),
        'medianAbsoluteError': m.median_absolute_error(targets, predictions, **options),
    }
    if len(targets) > 1:
        case['r2'] = m.r2_score(targets, predictions, **options)
    return case


def error_cases():
    t = np.round(rng.normal(2, 3, 31) * 8) / 8 + 1 / 16
    p = t + np.round(rng.normal(0.25, 1, 31) * 8) / 8
    w = rng.integers(0, 9, 31) / 4
    yield 'random', errors(t, p, None)
    yield 'even count', errors(t[:30], p[:30], None)
    yield 'weighted', errors(t, p, w)
    yield 'equal weights', errors(t[:30], p[:30], np.ones(30))
    yield 'constant targets', errors(np.full(5, 2.0), p[:5], None)
    yield 'all right', errors(t, t, None)
    yield 'constant targets, all right', errors(np.full(5, 2.0), np.full(5, 2.0), None)
    yield 'constant shift', errors(t, t + 1, None)
    yield 'one sample', errors(t[:1], p[:1], None)
    yield 'two outputs', {k: v for k, v in errors(np.stack([t, t[::-1]], 1), np.stack([p, p], 1), None).items() if k != 'rootMeanSquaredError'}
    yield 'far from 0', errors(t + 2**20, p + 2**20, None)


write('metrics/testdata/measures.json', scores=dict(score_cases()), curves=dict(curve_cases()),
      probabilities=dict(probability_cases()), errors=dict(error_cases()))


def folds(splitter, n, labels=None, groups=None):
    return [[train, test] for train, test in splitter.split(np.zeros(n), labels, groups)]


def split_cases():
    yield 'kFold 10 3', {'options': {'folds': 3}, 'rows': 10, 'folds': folds(KFold(3), 10)}
    yield 'kFold 5 5', {'options': {}, 'rows': 5, 'folds': folds(KFold(), 5)}
    for name, labels, k in [
        ('even', np.arange(24) % 3, 4), ('uneven', rng.integers(0, 4, 37) // 2, 5), ('rare', np.array([0] * 11 + [1] * 2), 3),
        ('sorted', np.repeat([2, 0, 1], [5, 8, 9]), 4),
    ]:
        yield f'stratifiedKFold {name}', {
            'options': {'folds': k}, 'labels': labels, 'folds': folds(StratifiedKFold(k), len(labels), labels)}
    groups = rng.permutation(np.repeat(np.arange(7), [1, 2, 3, 5, 7, 8, 10]))
    yield 'groupKFold', {'options': {'folds': 3}, 'groups': groups, 'folds': folds(GroupKFold(3), len(groups), None, groups)}
    for options in [{}, {'folds': 3, 'testSize': 2}, {'folds': 2, 'maxTrainSize': 4}, {'folds': 3, 'testSize': 2, 'gap': 2}]:
        python = {{'folds': 'n_splits', 'testSize': 'test_size', 'maxTrainSize': 'max_train_size'}.get(k, k): v
                  for k, v in options.items()}
        yield f'timeSeriesSplit {len(options)} {options.get("gap", 0)} {options.get("maxTrainSize", 0)}', {
            'options': options, 'rows': 13, 'folds': folds(TimeSeriesSplit(**python), 13)}


def scaler_cases():
    # 17 rows: their shares are exact, which hides a fault of scikit-learn, whose equal quantiles may differ in the last digit.
    x = np.round(rng.normal(1, 4, (17, 3)) * 4) / 4
    x[:, 1] = np.round(np.exp(x[:, 1] / 4) * 8) / 8
    x[:, 2] = 2.5
    other = np.concatenate([x[:6] + 0.25, [[-99, -99, -99], [99, 99, 99]], x[[0]]])
    for name, options, scaler in [
        ('standardScaler', {}, StandardScaler()),
        ('minMaxScaler', {}, MinMaxScaler()),
        ('minMaxScaler', {'range': [-2, 5]}, MinMaxScaler((-2, 5))),
        ('robustScaler', {}, RobustScaler()),
        ('robustScaler', {'quantileRange': [0.1, 0.8]}, RobustScaler(quantile_range=(10, 80))),
        ('robustScaler', {'centering': False}, RobustScaler(with_centering=False)),
        ('robustScaler', {'scaling': False}, RobustScaler(with_scaling=False)),
        ('quantileScaler', {}, QuantileTransformer(n_quantiles=1000, subsample=None)),
        ('quantileScaler', {'quantiles': 7}, QuantileTransformer(n_quantiles=7, subsample=None)),
        ('quantileScaler', {'quantiles': 9, 'output': 'normal'}, QuantileTransformer(n_quantiles=9, subsample=None, output_distribution='normal')),
    ]:
        scaler.fit(x)
        transformed = scaler.transform(other)
        yield {'scaler': name, 'options': options, 'x': x, 'other': other, 'transformed': transformed,
               'inverse': scaler.inverse_transform(transformed)}


def imputer_cases():
    x = rng.integers(-4, 5, (17, 4)) / 2
    x[rng.random((17, 4)) < 0.3] = np.nan
    x[:, 3] = np.arange(17) // 3
    other = np.concatenate([x[:4], np.full((1, 4), np.nan)])
    for strategy, python in [('mean', 'mean'), ('median', 'median'), ('mostFrequent', 'most_frequent'), ('constant', 'constant')]:
        for indicator in [False, True]:
            imputer = SimpleImputer(strategy=python, add_indicator=indicator, fill_value=-1.5 if python == 'constant' else None)
            options = {'strategy': strategy, 'indicator': indicator} | ({'fillValue': -1.5} if python == 'constant' else {})
            yield {'options': options, 'x': x, 'other': other, 'transformed': imputer.fit(x).transform(other)}


def encoder_cases():
    names = ['pear', 'apple', 'fig', 'apple', 'Fig', 'pear']
    numbers = [3, -1, 10, 3, 2.5]
    column = lambda values: np.array(values, dtype=object if isinstance(values[0], str) else float).reshape(-1, 1)
    for values, other in [(names, ['fig', 'kiwi', 'Fig']), (numbers, [10, 7, -1]), (['no', 'yes', 'no'], ['yes', 'maybe', 'no'])]:
        known = [value for value in other if value in values]
        for drop in [None, 'first', 'if_binary']:
            encoder = OneHotEncoder(drop=drop, sparse_output=False, handle_unknown='ignore').fit(column(values))
            options = {'unknown': 'ignore'} | ({'drop': {'first': 'first', 'if_binary': 'ifBinary'}[drop]} if drop else {})
            yield {'encoder': 'oneHotEncoder', 'options': options, 'values': values, 'other': other,
                   'categories': encoder.categories_[0], 'transformed': encoder.transform(column(other)),
                   'known': known}
        encoder = OrdinalEncoder(handle_unknown='use_encoded_value', unknown_value=-1).fit(column(values))
        yield {'encoder': 'ordinalEncoder', 'options': {'unknown': -1}, 'values': values, 'other': other,
               'categories': encoder.categories_[0], 'transformed': encoder.transform(column(other))[:, 0],
               'known': known}


labels = rng.integers(0, 4, 21)
write('data-loaders/testdata/preparation.json', splits=dict(split_cases()), scalers=list(scaler_cases()),
      imputers=list(imputer_cases()), encoders=list(encoder_cases()),
      classWeights={'labels': labels, 'weights': compute_class_weight('balanced', classes=np.arange(4), y=labels)})


def temperature(labels, logits):
    """The temperature with the least log loss of scikit-learn, by a bounded search of SciPy."""
    def loss(log_t):
        z = logits / np.exp(log_t)
        z = np.stack([np.zeros_like(z), z], 1) if z.ndim == 1 else z
        p = np.exp(z - z.max(1, keepdims=True))
        return m.log_loss(labels, p / p.sum(1, keepdims=True), labels=list(range(p.shape[1])))
    found = minimize_scalar(loss, bounds=(-4, 4), method='bounded', options={'xatol': 1e-10})
    return {'labels': labels, 'logits': logits, 'temperature': np.exp(found.x), 'logLoss': found.fun}


def temperature_cases():
    labels = rng.integers(0, 3, 40)
    logits = np.round(rng.normal(0, 3, (40, 3)) + 3 * np.eye(3)[labels], 3)
    yield 'classes', temperature(labels, logits)
    yield 'too sure', temperature(labels, 5 * logits)
    yield 'too unsure', temperature(labels, logits / 8)
    yield 'binary', temperature(labels % 2, np.round(rng.normal(0, 4, 40) + 4 * (labels % 2), 3))


write('model-selection/testdata/temperatures.json', cases=dict(temperature_cases()))
