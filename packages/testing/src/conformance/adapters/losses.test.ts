import { describe, it } from 'vitest';
import { expectFailure, expectLike, expectPass, type Spelt, type SpeltTensors } from './expectCase.ts';

const logits = [0.5, -1, 2, 0.25, 1.5, -0.5, 1, 0, -2, 3, 0.75, 0.1];
const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
const rowsOf = (v: readonly number[], size: number): number[][] =>
  Array.from({ length: v.length / size }, (_, i) => v.slice(i * size, (i + 1) * size));
const logSoftmax = (row: readonly number[]): number[] => row.map((v) => v - Math.log(sum(row.map(Math.exp))));

interface Labeled {
  readonly reduction?: string;
  readonly ignoreIndex?: number;
}

/** Σ w·loss / Σ w over the positions, their sum, or each. */
function ofLabels(
  attrs: Labeled,
  rows: readonly number[][],
  labels: readonly number[],
  classWeights?: readonly number[],
): number[] {
  const weights = labels.map((l) => (l === attrs.ignoreIndex ? 0 : (classWeights?.[l] ?? 1)));
  const each = rows.map((row, i) => (weights[i] === 0 ? 0 : -row[labels[i]!]! * weights[i]!));
  return attrs.reduction === 'none' ? each : [attrs.reduction === 'sum' ? sum(each) : sum(each) / sum(weights)];
}

describe('losses of labels', () => {
  const labels: Spelt = [[2, 0, 1, 2], [2, 2], 'int32'];
  const ignored: Spelt = [[2, -5, 1, 2], [2, 2], 'int32'];
  const classWeights: Spelt = [[0.5, 2, 3], [3]];
  const cases: [Labeled, SpeltTensors][] = ['mean', 'sum', 'none'].flatMap((reduction): [Labeled, SpeltTensors][] => [
    [{ reduction }, { labels }],
    [{ reduction }, { labels, classWeights }],
    [{ reduction, ignoreIndex: 0 }, { labels }],
    [
      { reduction, ignoreIndex: -5 },
      { labels: ignored, classWeights },
    ],
  ]);
  const shapeOf = ({ reduction }: Labeled): number[] => (reduction === 'none' ? [2, 2] : []);
  it.each(cases)('sparseCategoricalCrossEntropy %j %j', (attrs, inputs) =>
    expectLike(
      'sparseCategoricalCrossEntropy',
      attrs,
      { logits: [logits, [2, 2, 3]], ...inputs },
      {
        shape: shapeOf(attrs),
        gradients: ['logits'],
        of: (v) => ofLabels(attrs, rowsOf(v.logits!, 3).map(logSoftmax), v.labels!, v.classWeights),
      },
    ),
  );
  // These are logarithms of no distribution.
  it.each(cases)('negativeLogLikelihood %j %j', (attrs, inputs) =>
    expectLike(
      'negativeLogLikelihood',
      attrs,
      { logProbabilities: [logits.map((v) => v * 100), [2, 2, 3]], ...inputs },
      {
        shape: shapeOf(attrs),
        gradients: ['logProbabilities'],
        of: (v) => ofLabels(attrs, rowsOf(v.logProbabilities!, 3), v.labels!, v.classWeights),
      },
    ),
  );

  it('gives log-probabilities where a case wants them', () =>
    expectPass(
      'sparseCategoricalCrossEntropy',
      { reduction: 'sum' },
      {
        logits: [
          [0, 0],
          [1, 2],
        ],
        labels: [[1], [1], 'int32'],
      },
      {
        output: [[Math.LN2], []],
        logProbabilities: [
          [-Math.LN2, -Math.LN2],
          [1, 2],
        ],
      },
    ));

  it('takes probabilities', () =>
    expectPass(
      'sparseCategoricalCrossEntropy',
      { fromLogits: false },
      {
        probabilities: [
          [0.25, 0.75],
          [1, 2],
        ],
        labels: [[0], [1], 'int32'],
      },
      { output: [[Math.log(4)], []] },
    ));

  it('refuses other reductions', () =>
    expectFailure(
      'sparseCategoricalCrossEntropy',
      { reduction: 'median' },
      { logits: [logits, [4, 3]], labels: [[0, 1, 2, 0], [4], 'int32'] },
      'not supported: attribute `reduction` "median"',
    ));
});

describe('element-wise losses', () => {
  const predictions: Spelt = [
    [0.5, -1, 2, 0.25, 1.5, 3],
    [2, 3],
  ];
  const targets: Spelt = [
    [1, 0.5, 2.5, 0.75, 0.25, 0.3],
    [2, 3],
  ];
  const positive: Spelt = [
    [0.5, 0.2, 2, 0.25, 1.5, 3],
    [2, 3],
  ];
  const probabilities: Spelt = [
    [0.5, 0.2, 0.9, 0.25, 0.15, 0.3],
    [2, 3],
  ];
  const bits: Spelt = [
    [1, 0, 1, 0.25, 0, 1],
    [2, 3],
  ];
  const huber = (d: number, delta: number): number =>
    Math.abs(d) <= delta ? (d * d) / 2 : delta * (Math.abs(d) - delta / 2);
  const sigmoid = (v: number): number => 1 / (1 + Math.exp(-v));
  const binary = (p: number, t: number): number => -t * Math.log(p) - (1 - t) * Math.log(1 - p);
  const pair = (p: Spelt): SpeltTensors => ({ predictions: p, targets });
  const kinds: [string, object, SpeltTensors, (p: number, t: number) => number][] = [
    ['meanSquaredError', {}, pair(predictions), (p, t) => (p - t) ** 2],
    ['meanAbsoluteError', {}, pair(predictions), (p, t) => Math.abs(p - t)],
    ['huber', { delta: 0.75 }, pair(predictions), (p, t) => huber(p - t, 0.75)],
    ['logCosh', {}, pair(predictions), (p, t) => Math.log(Math.cosh(p - t))],
    ['meanSquaredLogarithmicError', {}, pair(positive), (p, t) => (Math.log(1 + p) - Math.log(1 + t)) ** 2],
    ['binaryCrossEntropy', {}, { logits: predictions, labels: bits }, (p, t) => binary(sigmoid(p), t)],
    ['binaryCrossEntropy', { fromLogits: false }, { probabilities, labels: bits }, binary],
    [
      'binaryCrossEntropy',
      { labelSmoothing: 0.2 },
      { logits: predictions, labels: bits },
      (p, t) => binary(sigmoid(p), 0.8 * t + 0.1),
    ],
  ];
  for (const [op, own, inputs, of] of kinds) {
    for (const reduction of [undefined, 'sum', 'none']) {
      const attrs = { ...own, ...(reduction !== undefined && { reduction }) };
      const [first, second] = Object.keys(inputs) as [string, string];
      it(`${op} ${JSON.stringify(attrs)}`, () =>
        expectLike(op, attrs, inputs, {
          shape: reduction === 'none' ? [2, 3] : [],
          gradients: [first],
          of: (v) => {
            const each = v[first]!.map((p, i) => of(p, v[second]![i]!));
            return reduction === 'none' ? each : [reduction === 'sum' ? sum(each) : sum(each) / each.length];
          },
        }));
    }
  }
});

describe('losses of rows', () => {
  const labels: Spelt = [
    [0, 1, 0, 0.2, 0.3, 0.5],
    [2, 3],
  ];
  const join = (reduction: string, each: readonly number[]): number[] =>
    reduction === 'none' ? [...each] : [reduction === 'sum' ? sum(each) : sum(each) / each.length];
  const cross = (p: readonly number[], t: readonly number[], smoothing = 0): number =>
    -sum(p.map((l, k) => l * ((1 - smoothing) * t[k]! + smoothing / 3)));
  it.each(['mean', 'sum', 'none'])('reduced to %s', async (reduction) => {
    const shape = reduction === 'none' ? [2] : [];
    await expectLike(
      'categoricalCrossEntropy',
      { reduction, labelSmoothing: 0.3 },
      { logits: [logits.slice(0, 6), [2, 3]], labels },
      {
        shape,
        gradients: ['logits'],
        of: (v) =>
          join(
            reduction,
            rowsOf(v.logits!, 3).map((row, i) => cross(logSoftmax(row), rowsOf(v.labels!, 3)[i]!, 0.3)),
          ),
      },
    );
    await expectLike(
      'klDivergence',
      { reduction },
      {
        predictions: [
          [0.2, 0.3, 0.5, 0.1, 0.6, 0.3],
          [2, 3],
        ],
        targets: labels,
      },
      {
        shape,
        gradients: ['predictions'],
        of: (v) =>
          join(
            reduction,
            rowsOf(v.predictions!, 3).map((row, i) =>
              sum(
                row.map((p, k) => {
                  const t = v.targets![i * 3 + k]!;
                  return t === 0 ? 0 : t * Math.log(t / p);
                }),
              ),
            ),
          ),
      },
    );
    await expectLike(
      'cosineSimilarity',
      { reduction },
      { predictions: [logits.slice(0, 6), [2, 3]], targets: labels },
      {
        shape,
        gradients: ['predictions'],
        of: (v) =>
          join(
            reduction,
            rowsOf(v.predictions!, 3).map((row, i) => {
              const other = rowsOf(v.targets!, 3)[i]!;
              return -sum(row.map((p, k) => p * other[k]!)) / Math.hypot(...row) / Math.hypot(...other);
            }),
          ),
      },
    );
  });
});
