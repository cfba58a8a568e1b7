import { tensor, type Tensor, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import {
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
  sparseTopKAccuracy,
  topKAccuracy,
} from './index.ts';
import type { Metric } from './metric.ts';

const labels = (...values: number[]): Tensor => tensor(values, undefined, 'int32');
const result = (metric: Metric, ...batch: [Tensor, Tensor, Tensor?]): number => {
  metric.update(...batch);
  return metric.result();
};

describe('sparseCategoricalAccuracy', () => {
  const p = tensor([
    [0.1, 0.6, 0.3],
    [0.05, 0.95, 0],
  ]);

  test('agrees with the documentation of Keras, with and without weights', () => {
    expect(result(sparseCategoricalAccuracy(), p, labels(2, 1))).toBe(0.5);
    expect(result(sparseCategoricalAccuracy(), p, labels(2, 1), tensor([0.7, 0.3]))).toBeCloseTo(0.3, 7);
  });

  test('takes sequences, with weights for samples or for positions', () => {
    const [x, y] = [
      tensor([
        [
          [1, 2],
          [2, 1],
        ],
        [
          [1, 2],
          [2, 1],
        ],
      ]),
      tensor(
        [
          [1, 1],
          [1, 0],
        ],
        undefined,
        'int32',
      ),
    ];
    expect(result(sparseCategoricalAccuracy(), x, y)).toBe(0.75);
    expect(result(sparseCategoricalAccuracy(), x, y, tensor([1, 0]))).toBe(0.5);
    expect(
      result(
        sparseCategoricalAccuracy(),
        x,
        y,
        tensor([
          [1, 0],
          [1, 1],
        ]),
      ),
    ).toBe(1);
  });

  test('throws for labels with an extra axis', () => {
    expect(() =>
      result(sparseCategoricalAccuracy(), zeros([2, 3]), zeros([2, 1], 'int32')),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: sparseCategoricalAccuracy: \`labels\` must have shape [2] to match \`predictions\` [2,3], got [2,1]]`,
    );
    expect(() =>
      result(sparseCategoricalAccuracy(), zeros([2, 3]), labels(1, 1), zeros([2, 1])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: sparseCategoricalAccuracy: \`sampleWeight\` must have one weight for each sample or position of [2], got [2,1]]`,
    );
  });
});

describe('categoricalAccuracy', () => {
  test('agrees with the documentation of Keras, with and without weights', () => {
    const [p, t] = [
      tensor([
        [0.1, 0.9, 0.8],
        [0.05, 0.95, 0],
      ]),
      tensor([
        [0, 0, 1],
        [0, 1, 0],
      ]),
    ];
    expect(result(categoricalAccuracy(), p, t)).toBe(0.5);
    expect(result(categoricalAccuracy(), p, t, tensor([0.7, 0.3]))).toBeCloseTo(0.3, 7);
  });
});

describe('binaryAccuracy', () => {
  const [p, t] = [tensor([[0.98], [1], [0], [0.6]]), tensor([[1], [1], [0], [0]])];

  test('agrees with the documentation of Keras, with and without weights', () => {
    expect(result(binaryAccuracy({ fromLogits: false }), p, t)).toBe(0.75);
    expect(result(binaryAccuracy({ fromLogits: false }), p, t, tensor([1, 0, 0, 1]))).toBe(0.5);
  });

  test('supports other thresholds; a prediction at the threshold is negative', () => {
    expect(result(binaryAccuracy({ fromLogits: false, threshold: 0.7 }), p, t)).toBe(1);
    expect(result(binaryAccuracy({ fromLogits: false, threshold: 0.5 }), tensor([0.5]), tensor([0]))).toBe(1);
  });

  test('converts logits to probabilities', () => {
    const logits = tensor([-1000, -0.1, 0, 0.1, 1000]);
    expect(result(binaryAccuracy(), logits, tensor([0, 0, 0, 1, 1]))).toBe(1);
    // The logit of 0.9 is ln 9 = 2.197…
    expect(result(binaryAccuracy({ threshold: 0.9 }), tensor([2.19, 2.2]), tensor([0, 1]))).toBe(1);
  });

  test('throws for thresholds outside [0, 1]', () => {
    expect(() => binaryAccuracy({ threshold: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: binaryAccuracy: \`threshold\` must be in [0, 1], got 1.5]`,
    );
    expect(() => binaryAccuracy({ threshold: NaN })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: binaryAccuracy: \`threshold\` must be in [0, 1], got NaN]`,
    );
  });
});

describe('top-k accuracies', () => {
  const p = tensor([
    [0.1, 0.9, 0.8],
    [0.05, 0.95, 0],
  ]);

  test('agree with the documentation of Keras, with and without weights', () => {
    expect(result(sparseTopKAccuracy({ k: 1 }), p, labels(2, 1))).toBe(0.5);
    expect(result(sparseTopKAccuracy({ k: 1 }), p, labels(2, 1), tensor([0.7, 0.3]))).toBeCloseTo(0.3, 7);
    expect(
      result(
        topKAccuracy({ k: 1 }),
        p,
        tensor([
          [0, 0, 1],
          [0, 1, 0],
        ]),
      ),
    ).toBe(0.5);
  });

  test('equal a sort of the predictions, for every k', () => {
    const values = Float32Array.from({ length: 60 }, (_, i) => Math.sin(7.7 * i * i));
    const wanted = Array.from({ length: 10 }, (_, i) => (i * 5) % 6);
    for (let k = 1; k <= 7; k++) {
      const hits = wanted.filter((label, i) => {
        const row = [...values.slice(6 * i, 6 * i + 6)];
        return row
          .map((v, c) => [v, c] as const)
          .sort((a, b) => b[0] - a[0])
          .slice(0, k)
          .some(([, c]) => c === label);
      });
      expect(result(sparseTopKAccuracy({ k }), tensor(values, [10, 6]), labels(...wanted))).toBeCloseTo(
        hits.length / 10,
        15,
      );
    }
  });

  test('count ties with the k-th as hits, and NaN and invalid labels as misses', () => {
    expect(
      result(
        sparseTopKAccuracy({ k: 1 }),
        tensor([
          [1, 1],
          [1, 1],
        ]),
        labels(0, 1),
      ),
    ).toBe(1);
    expect(result(sparseTopKAccuracy({ k: 2 }), tensor([[NaN, 1]]), labels(0))).toBe(0);
    expect(
      result(
        sparseTopKAccuracy({ k: 5 }),
        tensor([
          [1, 2],
          [1, 2],
        ]),
        labels(-1, 2),
      ),
    ).toBe(0);
  });

  test('throw if k is not a positive integer', () => {
    expect(() => sparseTopKAccuracy({ k: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: sparseTopKAccuracy: \`k\` must be a positive integer, got 0]`,
    );
    expect(() => topKAccuracy({ k: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: topKAccuracy: \`k\` must be a positive integer, got 1.5]`,
    );
  });
});
