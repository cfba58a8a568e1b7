import { tensor, type Tensor, Variable, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import * as metrics from './index.ts';
import type { Metric } from './index.ts';

interface Case {
  readonly make: () => Metric;
  /** Batches of 7, 5 and 4 samples. */
  readonly batch: (n: number, seed: number) => { p: Tensor; t: Tensor };
}

/** A number in [0, 1) from two counters, without any library. */
const noise = (i: number, seed: number): number => {
  const x = Math.sin(i * 12.9898 + seed * 78.233) * 43758.5453;
  return x - Math.floor(x);
};
const rows = (n: number, width: number, seed: number): Tensor =>
  tensor(
    Float32Array.from({ length: n * width }, (_, i) => noise(i, seed)),
    [n, width],
  );
const labels = (n: number, classes: number, seed: number): Tensor =>
  tensor(
    Int32Array.from({ length: n }, (_, i) => Math.floor(noise(i, seed + 0.5) * classes)),
    [n],
    'int32',
  );
const oneHot = (n: number, classes: number, seed: number): Tensor =>
  tensor(
    Float32Array.from({ length: n * classes }, (_, i) =>
      Number(i % classes === labels(n, classes, seed).data[Math.floor(i / classes)]),
    ),
    [n, classes],
  );
const sparse = (classes: number) => (n: number, seed: number) => ({
  p: rows(n, classes, seed),
  t: labels(n, classes, seed),
});
const dense = (classes: number) => (n: number, seed: number) => ({
  p: rows(n, classes, seed),
  t: oneHot(n, classes, seed),
});
const binary = (n: number, seed: number): { p: Tensor; t: Tensor } => ({
  p: rows(n, 1, seed),
  t: tensor(
    Float32Array.from({ length: n }, (_, i) => Number(noise(i, seed + 0.25) > 0.4)),
    [n, 1],
  ),
});
const numbers = (width: number) => (n: number, seed: number) => ({
  p: rows(n, width, seed),
  t: rows(n, width, seed + 0.125),
});
/** Numbers near 1, whose errors are about a percent. */
const near = (n: number, seed: number): { p: Tensor; t: Tensor } => {
  const { p, t } = numbers(3)(n, seed);
  const moved = (x: Tensor): Tensor =>
    tensor(
      [...x.data].map((v) => 1 + v / 100),
      x.shape,
    );
  return { p: moved(p), t: moved(t) };
};

const cases: Readonly<Record<string, Case>> = {
  meanAbsoluteError: { make: metrics.meanAbsoluteError, batch: numbers(3) },
  meanAbsolutePercentageError: { make: metrics.meanAbsolutePercentageError, batch: near },
  auc: { make: metrics.auc, batch: binary },
  balancedAccuracy: { make: () => metrics.balancedAccuracy({ classes: 3 }), batch: sparse(3) },
  brierScore: { make: metrics.brierScore, batch: sparse(4) },
  cohenKappa: { make: () => metrics.cohenKappa({ classes: 3, weights: 'linear' }), batch: sparse(3) },
  explainedVariance: { make: () => metrics.explainedVariance({ outputs: 2 }), batch: numbers(2) },
  logLoss: { make: metrics.logLoss, batch: binary },
  matthewsCorrelation: { make: () => metrics.matthewsCorrelation({ classes: 3 }), batch: sparse(3) },
  binaryAccuracy: { make: metrics.binaryAccuracy, batch: binary },
  categoricalAccuracy: { make: metrics.categoricalAccuracy, batch: dense(3) },
  confusionMatrix: { make: () => metrics.confusionMatrix({ classes: 3 }), batch: sparse(3) },
  fScore: { make: () => metrics.fScore({ classes: 3 }), batch: sparse(3) },
  precision: { make: metrics.precision, batch: binary },
  perplexity: { make: () => metrics.perplexity(), batch: sparse(4) },
  r2: { make: () => metrics.r2({ outputs: 2 }), batch: numbers(2) },
  recall: { make: () => metrics.recall({ classes: 4, average: 'micro' }), batch: sparse(4) },
  rootMeanSquaredError: { make: metrics.rootMeanSquaredError, batch: numbers(3) },
  sparseCategoricalAccuracy: { make: metrics.sparseCategoricalAccuracy, batch: sparse(3) },
  sparseTopKAccuracy: { make: () => metrics.sparseTopKAccuracy({ k: 2 }), batch: sparse(4) },
  meanSquaredError: { make: metrics.meanSquaredError, batch: numbers(3) },
  topKAccuracy: { make: () => metrics.topKAccuracy({ k: 2 }), batch: dense(4) },
};

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

const joined = (a: Tensor, b: Tensor): Tensor =>
  tensor([...a.data, ...b.data] as number[], [a.shape[0] + b.shape[0], ...a.shape.slice(1)], a.dtype);

test('the table has every exported metric', () => {
  console.log(
    `metrics: ${Object.keys(metrics).length} exported, ${Object.keys(cases).length} of them streaming and in the table`,
  );
  expect([...Object.keys(cases), ...others].sort()).toEqual(Object.keys(metrics).sort());
});

describe.each(Object.entries(cases))('%s', (name, { make, batch }) => {
  const [first, second] = [batch(7, 1), batch(5, 2)];
  const both = { p: joined(first.p, second.p), t: joined(first.t, second.t) };
  const resultOf = (...batches: readonly (readonly [{ p: Tensor; t: Tensor }, Tensor?])[]): number => {
    const metric = make();
    batches.forEach(([{ p, t }, weights]) => metric.update(p, t, weights));
    return metric.result();
  };

  test('of two batches equals that of one joint batch', () => {
    expect(resultOf([first], [second])).toBeCloseTo(resultOf([both]), 14);
    expect(resultOf([first])).not.toBe(resultOf([second]));
    expect(resultOf([both])).toBeGreaterThan(-10);
  });

  test('counts weights as repetitions', () => {
    const weights = tensor([...Array<number>(7).fill(1), ...Array<number>(5).fill(3)]);
    expect(resultOf([both, weights])).toBeCloseTo(resultOf([first], [second], [second], [second]), 14);
    expect(resultOf([both, weights])).not.toBeCloseTo(resultOf([both]), 6);
  });

  test('ignores positions of weight 0, even NaN', () => {
    const padding = {
      p: tensor(
        [...second.p.data].map(() => NaN),
        second.p.shape,
      ),
      t: second.t,
    };
    const weights = tensor([...Array<number>(7).fill(1), ...Array<number>(5).fill(0)]);
    expect(resultOf([{ p: joined(first.p, padding.p), t: both.t }, weights])).toBeCloseTo(resultOf([first]), 15);
  });

  test('is NaN without data: without a batch, after reset, with weights of 0', () => {
    const metric = make();
    expect(metric.result()).toBeNaN();
    metric.update(first.p, first.t);
    expect(metric.result()).not.toBeNaN();
    metric.reset();
    expect(metric.result()).toBeNaN();
    metric.update(first.p, first.t, zeros([7]));
    expect(metric.result()).toBeNaN();
  });

  test('keeps float64 variables of its name, which are not trained', () => {
    const metric = make();
    expect(metric.name).toBe(name);
    for (const variable of metric.variables) {
      expect(variable).toBeInstanceOf(Variable);
      expect([variable.dtype, variable.trainable, variable.name.startsWith(`${name}/`)]).toEqual([
        'float64',
        false,
        true,
      ]);
    }
    expect(make().variables[0]).not.toBe(metric.variables[0]);
  });

  test('keeps counting beyond 2²⁴, the limit of float32', () => {
    const metric = make();
    metric.update(first.p, first.t, tensor(Array<number>(7).fill(2 ** 26)));
    metric.update(second.p, second.t, tensor(Array<number>(5).fill(1)));
    const sums = metric.variables.map((v) => [...v.value.data]);
    metric.update(second.p, second.t);
    expect(metric.variables.map((v) => [...v.value.data])).not.toEqual(sums);
  });

  test('throws for wrong shapes and dtypes, and the error names the metric', () => {
    const metric = make();
    expect(() => metric.update(first.p, second.t)).toThrow(new RegExp(`^${name}: .(labels|targets). must have`));
    const other = first.t.dtype === 'float32' ? 'float64' : 'float32';
    expect(() => metric.update(first.p, zeros(first.t.shape, other))).toThrow(
      new RegExp(`^${name}: .(labels|targets). must be`),
    );
    expect(() => metric.update(first.p, first.t, zeros([6]))).toThrow(
      `${name}: \`sampleWeight\` must have one weight for each sample or position of`,
    );
    expect(metric.result()).toBeNaN();
  });
});
