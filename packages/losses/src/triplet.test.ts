import { tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { triplet } from './triplet.ts';

const double = (values: number[] | number[][]): Tensor => tensor(values as number[], undefined, 'float64');

describe('triplet', () => {
  const [a, p, n] = [
    double([
      [0, 0],
      [0, 0],
    ]),
    double([
      [1, 1],
      [1, 0],
    ]),
    double([
      [0, 1],
      [3, 4],
    ]),
  ];

  test('averages, sums and weighs samples', () => {
    expect(triplet(a, p, n).item()).toBe(1);
    expect(triplet(a, p, n, { reduction: 'sum' }).item()).toBe(2);
    expect(triplet(a, p, n, { sampleWeight: double([1, 3]) }).item()).toBe(0.5);
  });

  test('compares only the distances if the margin is 0', () => {
    expect(triplet(a, p, n, { margin: 0, reduction: 'none' }).toArray()).toEqual([1, 0]);
  });

  test('throws for wrong arguments', () => {
    expect(() => triplet(a, double([[1, 1]]), n)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: triplet: \`targets\` must have the predictions' shape [2,2], got [1,2]]`,
    );
    expect(() =>
      triplet(
        a,
        p,
        tensor([
          [1, 1],
          [1, 1],
        ]),
      ),
    ).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: triplet: \`targets\` must be float64 as the predictions are, got float32; convert them with \`cast\`]`,
    );
    expect(() => triplet(a, p, n, { margin: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: triplet: \`margin\` must be at least 0, got -1]`,
    );
  });
});
