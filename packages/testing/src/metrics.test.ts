import { valueAndGrad } from '@chainrule/autograd';
import { compile } from '@chainrule/compiler';
import * as metrics from '@chainrule/metrics';
import { sigmoid, square, sum, tensor, type Tensor, Variable } from '@chainrule/tensor';
import { expect, test } from 'vitest';

const random = (n: number, seed: number): Float32Array =>
  Float32Array.from({ length: n }, (_, i) => Math.abs(Math.sin(2.4 * (i + 1) * (seed + 1))));
const sparse = (seed: number): readonly Tensor[] => [
  tensor(random(24, seed), [6, 4]),
  tensor(
    Int32Array.from(random(6, seed + 1), (v) => Math.floor(v * 3.99)),
    [6],
    'int32',
  ),
];
const pair = (seed: number): readonly Tensor[] => [
  tensor(random(24, seed), [6, 4]),
  tensor(
    random(24, seed + 1).map((v) => Number(v > 0.5)),
    [6, 4],
  ),
];

const cases: readonly (readonly [() => metrics.Metric, (seed: number) => readonly Tensor[]])[] = [
  [metrics.meanAbsoluteError, pair],
  [metrics.meanAbsolutePercentageError, pair],
  [metrics.meanSquaredError, pair],
  [metrics.rootMeanSquaredError, pair],
  [() => metrics.r2({ outputs: 4 }), pair],
  [metrics.auc, pair],
  [() => metrics.balancedAccuracy({ classes: 4 }), sparse],
  [metrics.brierScore, sparse],
  [metrics.brierScore, pair],
  [() => metrics.cohenKappa({ classes: 4 }), sparse],
  [() => metrics.explainedVariance({ outputs: 4 }), pair],
  [metrics.logLoss, sparse],
  [metrics.logLoss, pair],
  [metrics.matthewsCorrelation, pair],
  [metrics.binaryAccuracy, pair],
  [metrics.categoricalAccuracy, pair],
  [() => metrics.topKAccuracy({ k: 2 }), pair],
  [metrics.precision, pair],
  [metrics.recall, pair],
  [() => metrics.fScore({ classes: 4 }), sparse],
  [() => metrics.confusionMatrix({ classes: 4 }), sparse],
  [metrics.sparseCategoricalAccuracy, sparse],
  [() => metrics.perplexity(), sparse],
  [() => metrics.sparseTopKAccuracy({ k: 2 }), sparse],
];

/** Functions of complete arrays, without state. */
const others = [
  'bleu',
  'calibrationCurve',
  'classificationReport',
  'measure',
  'medianAbsoluteError',
  'precisionRecallCurve',
  'rocAuc',
  'rocCurve',
  'sparseCategoricalAccuracyOf',
];

test('every streaming metric that is exported stands in the table', () => {
  const names = cases.map(([make]) => make().name);
  console.log(`metrics: ${Object.keys(metrics).length} exported, ${names.length} streaming`);
  expect([...new Set([...names, ...others])].sort()).toEqual(Object.keys(metrics).sort());
});

test.each(cases.map(([make, batch]) => [make().name, make, batch] as const))(
  '%s sums up the same compiled as eager, in one program',
  (_, make, batch) => {
    const [eager, compiled] = [make(), make()];
    const update = compile((p: Tensor, t: Tensor, w: Tensor) => (compiled.update(p, t, w), sum(p) as Tensor));
    for (let i = 0; i < 5; i++) {
      const [p, t] = batch(i);
      const weights = tensor([1, 2, 0, 1, 0.5, i]);
      eager.update(p!, t!, weights);
      update(p!, t!, weights);
    }
    expect(compiled.variables.map((v) => v.value.toArray())).toEqual(eager.variables.map((v) => v.value.toArray()));
    expect(compiled.result()).toBe(eager.result());
    expect(Number.isFinite(eager.result())).toBe(true);
    expect(update.programs()).toHaveLength(1);
    compiled.reset();
    expect(compiled.result()).toBeNaN();
  },
);

test('metrics inside a gradient neither disturb it nor are disturbed by it', () => {
  const metric = metrics.binaryAccuracy({ fromLogits: false });
  const w = new Variable(tensor([1, -1]));
  const step = compile(
    () =>
      valueAndGrad((_: readonly Variable[]) => {
        const p = sigmoid(w.value);
        metric.update(p, tensor([1, 1]));
        return sum(square(w.value));
      })([w] as readonly Variable[])[1][0]!,
  );
  expect(step().toArray()).toEqual([2, -2]);
  expect(metric.result()).toBe(0.5);
});
