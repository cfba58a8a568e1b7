import { tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { meanAbsoluteError, meanAbsolutePercentageError, r2, rootMeanSquaredError, meanSquaredError } from './index.ts';
import type { Metric } from './metric.ts';

const result = (metric: Metric, ...batches: [Tensor, Tensor, (Tensor | undefined)?][]): number => {
  batches.forEach((batch) => metric.update(...batch));
  return metric.result();
};

describe('errors of numbers', () => {
  const [p, t] = [
    tensor([
      [1, 1],
      [0, 0],
    ]),
    tensor([
      [0, 1],
      [0, 0],
    ]),
  ];

  test('agree with the documentation of Keras, with and without weights', () => {
    expect([meanAbsoluteError, meanSquaredError, rootMeanSquaredError].map((make) => result(make(), [p, t]))).toEqual([
      0.25, 0.25, 0.5,
    ]);
    expect([meanAbsoluteError, meanSquaredError].map((make) => result(make(), [p, t, tensor([1, 0])]))).toEqual([
      0.5, 0.5,
    ]);
    expect(result(rootMeanSquaredError(), [p, t, tensor([1, 0])])).toBeCloseTo(Math.SQRT1_2, 15);
  });

  test('weigh batches by their size', () => {
    expect(result(meanAbsoluteError(), [tensor([4]), tensor([0])], [tensor([1, 1, 1]), tensor([0, 0, 0])])).toBe(1.75);
  });

  test('subtract and square in float64, without overflow or cancellation', () => {
    expect(result(meanSquaredError(), [tensor([1e30]), tensor([-1e30])])).toBeCloseTo(4 * Math.fround(1e30) ** 2, -50);
    expect(result(meanAbsoluteError(), [tensor([2 ** 24]), tensor([-1])])).toBe(2 ** 24 + 1);
  });

  test('in percent are relative to the absolute target, and finite at 0', () => {
    const percent = (p: number[], t: number[], w?: number[]): number =>
      result(meanAbsolutePercentageError(), [tensor(p), tensor(t), w && tensor(w)]);
    expect([percent([90, -220], [100, -200]), percent([90, -220], [100, -200], [0, 1]), percent([0], [0])]).toEqual([
      10, 10, 0,
    ]);
    expect(percent([1], [0])).toBeCloseTo(1e9, 0);
  });
});

/** scikit-learn's r2_score with multioutput 'uniform_average'. */
function plain(p: number[][], t: number[][], w: number[] = p.map(() => 1)): number {
  const all = w.reduce((a, b) => a + b);
  const each = t[0]!.map((_, k) => {
    const mean = t.reduce((s, row, i) => s + w[i]! * row[k]!, 0) / all;
    const [errors, spread] = [
      p.reduce((s, row, i) => s + w[i]! * (row[k]! - t[i]![k]!) ** 2, 0),
      t.reduce((s, row, i) => s + w[i]! * (row[k]! - mean) ** 2, 0),
    ];
    return spread === 0 ? Number(errors === 0) : 1 - errors / spread;
  });
  return each.reduce((a, b) => a + b) / each.length;
}

describe('r2', () => {
  const double = (rows: number[][]): Tensor => tensor(rows, undefined, 'float64');
  const t = Array.from({ length: 20 }, (_, i) => [Math.sin(i), 3 * Math.cos(2 * i) + 1]);
  const p = t.map(([a, b], i) => [a! + 0.3 * Math.cos(5 * i), b! - 0.5 * Math.sin(7 * i)]);
  const w = t.map((_, i) => (i % 3) + 0.5);

  test('agrees with the documentation of scikit-learn', () => {
    expect(result(r2(), [tensor([2.5, 0, 2, 8]), tensor([3, -0.5, 2, 7])])).toBeCloseTo(0.948608, 6);
    expect(
      result(r2({ outputs: 2 }), [
        double([
          [0, 2],
          [-1, 2],
          [8, -5],
        ]),
        double([
          [0.5, 1],
          [-1, 1],
          [7, -6],
        ]),
      ]),
    ).toBeCloseTo((0.965438 + 0.908163) / 2, 5);
    expect(result(r2(), [tensor([2, 2, 2]), tensor([1, 2, 3])])).toBe(0);
    expect(result(r2(), [tensor([3, 2, 1]), tensor([1, 2, 3])])).toBe(-3);
  });

  test('equals the plain loops, with weights and in batches of any size', () => {
    expect(result(r2({ outputs: 2 }), [double(p), double(t)])).toBeCloseTo(plain(p, t), 13);
    const batches = [
      [0, 1],
      [1, 8],
      [8, 20],
    ].map(([a, b]): [Tensor, Tensor, Tensor] => [double(p.slice(a, b)), double(t.slice(a, b)), tensor(w.slice(a, b))]);
    expect(result(r2({ outputs: 2 }), ...batches)).toBeCloseTo(plain(p, t, w), 13);
  });

  test('is exact for targets far from 0', () => {
    const far = (rows: number[][]): number[][] => rows.map((row) => row.map((v) => v + 1e8));
    const batches = [
      [0, 7],
      [7, 20],
    ].map(([a, b]): [Tensor, Tensor] => [double(far(p).slice(a, b)), double(far(t).slice(a, b))]);
    expect(result(r2({ outputs: 2 }), ...batches)).toBeCloseTo(plain(p, t), 6);
  });

  test('is 1 or 0 if all targets are equal', () => {
    expect(result(r2(), [tensor([2, 2]), tensor([2, 2])])).toBe(1);
    expect(result(r2(), [tensor([2, 3]), tensor([2, 2])])).toBe(0);
  });

  test('throws for another number of outputs', () => {
    expect(() => result(r2({ outputs: 3 }), [double(p), double(t)])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: r2: \`predictions\` must have 3 outputs on the last axis, got [20,2]]`,
    );
    expect(() => r2({ outputs: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: r2: \`outputs\` must be a positive integer, got 0]`,
    );
  });
});
