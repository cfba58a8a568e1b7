import { tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { cosineSimilarity } from './cosineSimilarity.ts';

const double = (values: number[] | number[][]): Tensor => tensor(values as number[], undefined, 'float64');

describe('cosineSimilarity', () => {
  test('agrees with the documentation of Keras', () => {
    const [p, t] = [
      double([
        [1, 0],
        [1, 1],
      ]),
      double([
        [0, 1],
        [1, 1],
      ]),
    ];
    expect(cosineSimilarity(p, t).item()).toBeCloseTo(-0.5, 14);
    cosineSimilarity(p, t, { reduction: 'none' }).data.forEach((v, i) => expect(v).toBeCloseTo([0, -1][i]!, 14));
  });

  test('depends on signs, but not on lengths', () => {
    const each = cosineSimilarity(
      double([
        [3, 4],
        [300, 400],
        [-3, -4],
      ]),
      double([
        [4, 3],
        [4, 3],
        [4, 3],
      ]),
      { reduction: 'none' },
    ).data;
    each.forEach((v, i) => expect(v).toBeCloseTo([-0.96, -0.96, 0.96][i]!, 14));
  });

  test('is 0 for the zero vector', () => {
    expect(Math.abs(cosineSimilarity(double([[0, 0]]), double([[1, 2]])).item())).toBe(0);
  });
});
