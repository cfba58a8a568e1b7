import { aString, checkOptions, oneOf, refuse } from '@chainrule/errors/check';
import { confusionMatrix } from '@chainrule/metrics';
import { tensor, type Tensor } from '@chainrule/tensor';
import { type CellFigure, figureOf } from '../figure.ts';
import { greatest } from '../greatest.ts';
import {
  checkClassCount,
  checkSameLength,
  className,
  classesOf,
  names,
  type Numbers,
  predictedClasses,
  tableOf,
} from './values.ts';

/** Predictions and what is true. */
export interface PredictionsAndLabels {
  /** Class numbers, or scores `[n, classes]`. */
  readonly predictions: Numbers;
  /** The true class numbers. */
  readonly labels: Numbers;
}

/** Options of {@link plotConfusionMatrix}. */
export interface ConfusionMatrixOptions {
  /** The names of the classes. */
  readonly classes?: readonly string[];
  /** Shares in place of counts: of each true class, of each predicted class, or of all samples. */
  readonly normalize?: 'true' | 'predicted' | 'all';
  readonly title?: string;
}

const checks = { classes: names, normalize: oneOf('true', 'predicted', 'all'), title: aString };

/**
 * How often each class was predicted for each true class, as in scikit-learn. Rows are true classes.
 *
 * @param confusion - predictions and labels, or counts, such as those of the metric `confusionMatrix`
 * @throws OptionError where there are more labels than predictions or fewer, more classes than names, or more than 200 classes
 * @example
 * const { values } = plotConfusionMatrix({ predictions: [0, 1, 1], labels: [0, 1, 0] }, { normalize: 'true' });
 * values; // => [[0.5,0.5],[0,1]]
 */
export function plotConfusionMatrix(
  confusion: PredictionsAndLabels | readonly (readonly number[])[] | Tensor | { matrix(): number[][] },
  options: ConfusionMatrixOptions = {},
): CellFigure {
  checkOptions('plotConfusionMatrix', options, checks);
  const { classes, normalize, title = 'confusion matrix' } = options;
  const counts = countsOf(confusion, classes?.length ?? 0);
  if (classes) checkSameLength('plotConfusionMatrix', 'classes', classes, counts.length, 'there are classes');
  const values = normalize ? shares(counts, normalize) : counts;
  const labels = counts.map((_, k) => className(classes, k));
  const right = counts.reduce((sum, row, k) => sum + row[k]!, 0);
  const all = counts.flat().reduce((a, b) => a + b, 0);
  return figureOf({
    kind: 'cells',
    title,
    description:
      `Confusion matrix of ${counts.length} classes; ${right} of ${all} predictions are right. ${worst(counts, labels)}`.trim(),
    x: 'predicted',
    y: 'true',
    columns: labels,
    rows: labels,
    values,
    scale: normalize
      ? `share of ${{ true: 'the true class', predicted: 'the predicted class', all: 'all' }[normalize]}`
      : 'count',
    labels: values.map((row) => row.map((value) => (normalize ? shareText(value) : countText(value)))),
  });
}

function countsOf(confusion: Parameters<typeof plotConfusionMatrix>[0], least: number): number[][] {
  const op = 'plotConfusionMatrix';
  const given = (confusion ?? {}) as Partial<PredictionsAndLabels & { matrix(): number[][] }>;
  if (given.labels === undefined || given.predictions === undefined) {
    const counts = tableOf(
      op,
      'confusion',
      typeof given.matrix === 'function' ? given.matrix() : (confusion as Tensor),
    );
    if (counts.some((row) => row.length !== counts.length))
      refuse(op, 'confusion', 'as many columns as rows', `[${counts.length},${counts[0]?.length}]`);
    checkClassCount(op, 'confusion', counts.length);
    return counts;
  }
  const labels = classesOf(op, 'labels', given.labels);
  const predictions = predictedClasses(op, 'predictions', given.predictions);
  checkSameLength(op, 'predictions', predictions, labels.length, 'there are labels');
  checkClassCount(op, 'labels', greatest(labels) + 1);
  checkClassCount(op, 'predictions', greatest(predictions) + 1);
  checkClassCount(op, 'classes', least);
  const size = labels.length ? Math.max(greatest(labels) + 1, greatest(predictions) + 1, least) : least;
  if (labels.length === 0) return Array.from({ length: size }, () => new Array<number>(size).fill(0));
  // The metric has two classes at least.
  const metric = confusionMatrix({ classes: Math.max(2, size) });
  metric.update(tensor(predictions, undefined, 'int32'), tensor(labels, undefined, 'int32'));
  return metric
    .matrix()
    .slice(0, size)
    .map((row) => row.slice(0, size));
}

function shares(counts: readonly (readonly number[])[], of: 'true' | 'predicted' | 'all'): number[][] {
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const columns = counts.map((_, j) => sum(counts.map((row) => row[j]!)));
  const all = sum(counts.flat());
  // A class that does not occur has no shares: 0, as in scikit-learn.
  return counts.map((row) => row.map((count, j) => count / ({ true: sum(row), predicted: columns[j]!, all }[of] || 1)));
}

const countText = (value: number): string => (value === 0 ? '·' : String(Number(value.toPrecision(6))));
const shareText = (value: number): string => (value === 0 ? '·' : value.toFixed(2));

/** The pair of classes that is confused most. */
function worst(counts: readonly (readonly number[])[], names: readonly string[]): string {
  const wrong = counts.flatMap((row, i) => row.map((count, j) => ({ i, j, count: i === j ? 0 : count })));
  const most = wrong.reduce((a, b) => (b.count > a.count ? b : a), { i: 0, j: 0, count: 0 });
  return most.count > 0 ? `${names[most.i]} is taken for ${names[most.j]} most often, ${most.count} times.` : '';
}
