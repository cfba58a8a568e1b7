import { tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { maxNorm, nonNeg, unitNorm } from './constraints.ts';

const w = tensor(
  [
    [3, 0.3],
    [4, -0.4],
  ],
  undefined,
  'float64',
);
const values = (t: Tensor): number[] => [...t.data];
const close = (found: number[], expected: number[]): void =>
  found.forEach((v, i) => expect(v).toBeCloseTo(expected[i]!, 5));

describe('constraints', () => {
  test('maxNorm shortens long columns and leaves short ones', () => {
    close(values(maxNorm(1).apply(w)), [0.6, 0.3, 0.8, -0.4]);
    close(values(maxNorm().apply(w)), [1.2, 0.3, 1.6, -0.4]);
    close(
      values(maxNorm(1, { axis: 1 }).apply(w)),
      [3, 0.3, 4, -0.4].map((v, i) => v / (i < 2 ? Math.hypot(3, 0.3) : Math.hypot(4, 0.4))),
    );
  });

  test('unitNorm scales vectors to norm 1, also the filters of a conv2d kernel', () => {
    close(values(unitNorm().apply(w)), [0.6, 0.6, 0.8, -0.8]);
    const kernel = tensor([1, 1, 1, 1, 5, 1, 1, 1], [2, 2, 1, 2], 'float64');
    close(
      values(unitNorm({ axis: [0, 1, 2] }).apply(kernel)),
      [1, 1, 1, 1, 5, 1, 1, 1].map((v, i) => v / (i % 2 === 0 ? Math.sqrt(28) : 2)),
    );
  });

  test('nonNeg has no negative weights', () => {
    expect(nonNeg().apply(w).toArray()).toEqual([
      [3, 0.3],
      [4, 0],
    ]);
  });

  test('leave weights of 0 finite', () => {
    const none = tensor([[0], [0]]);
    expect([maxNorm(), unitNorm(), nonNeg()].map(({ apply }) => apply(none).toArray())).toEqual([
      [[0], [0]],
      [[0], [0]],
      [[0], [0]],
    ]);
  });

  test('reject invalid norms', () => {
    expect(() => maxNorm(-1)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: maxNorm: \`maxValue\` must be at least 0, got -1]`,
    );
  });
});
