import { tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { additiveAttention } from './additiveAttention.ts';
import { dotProductAttention } from './dotProductAttention.ts';
import { bools, dot, plain, random, rows } from '../testing/attention.ts';

const [query, key, value] = [random([1, 3, 4], 1), random([1, 5, 4], 2), random([1, 5, 2], 3)];
const [q, k, v] = [query, key, value].map((t) => rows(t)[0]!) as [number[][], number[][], number[][]];
const factors = tensor([0.5, -1, 2, 1], undefined, 'float64');

const additive = (i: number, j: number): number =>
  q[i]!.reduce((sum, a, f) => sum + factors.data[f]! * Math.tanh(a + k[j]![f]!), 0);

function expectRows(actual: unknown, expected: readonly (readonly number[])[]): void {
  (actual as number[][][])[0]!.forEach((row, i) => row.forEach((x, f) => expect(x).toBeCloseTo(expected[i]![f]!, 12)));
}

describe('dotProductAttention', () => {
  test('averages values, weighted by their scores, scaled or not', () => {
    expectRows(
      dotProductAttention(query, key, value).toArray(),
      plain(3, v, (i, j) => dot(q[i]!, k[j]!) / 2),
    );
    expectRows(
      dotProductAttention(query, key, value, { scale: false }).toArray(),
      plain(3, v, (i, j) => dot(q[i]!, k[j]!)),
    );
  });

  test('ignores masked keys and, with causal, later keys', () => {
    const mask = bools([
      [true, false, true, true, false],
      [true, true, true, true, true],
      [false, false, false, false, true],
    ]);
    const sees = mask.toArray() as boolean[][];
    const score = (i: number, j: number): number => dot(q[i]!, k[j]!) / 2;
    expectRows(
      dotProductAttention(query, key, value, { mask }).toArray(),
      plain(3, v, score, (i, j) => sees[i]![j]!),
    );
    expectRows(
      dotProductAttention(query, key, value, { causal: true }).toArray(),
      plain(3, v, score, (i, j) => j <= i),
    );
    expectRows(
      dotProductAttention(query, key, value, { mask, causal: true }).toArray(),
      plain(3, v, score, (i, j) => j <= i && sees[i]![j]!),
    );
  });

  test('gives 0 for a query without keys, and stays finite for large scores', () => {
    const mask = bools([[false, false]]);
    const large = tensor([[[1000, 0]]]);
    expect(
      dotProductAttention(
        large,
        tensor([
          [
            [1, 0],
            [1000, 0],
          ],
        ]),
        tensor([[[1], [3]]]),
        { mask },
      ).toArray(),
    ).toEqual([[[0]]]);
    expect(
      dotProductAttention(
        large,
        tensor([
          [
            [1, 0],
            [1000, 0],
          ],
        ]),
        tensor([[[1], [3]]]),
      ).toArray(),
    ).toEqual([[[3]]]);
  });

  test('rejects invalid arguments', () => {
    expect(() =>
      dotProductAttention(query, key, value, { mask: tensor([1, 0, 1, 1, 1]) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: dotProductAttention: \`mask\` must be bool, got float32; compare it or convert it with \`cast\`]`,
    );
    expect(() => dotProductAttention(query, random([1, 5, 3]), value)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: dotProductAttention: columns of [1,3,4] must match rows of [1,5,3] (transposed)]`,
    );
  });
});

describe('additiveAttention', () => {
  test('scores sums instead of products', () => {
    expectRows(additiveAttention(query, key, value, { scale: factors }).toArray(), plain(3, v, additive));
    const unscaled = (i: number, j: number): number => q[i]!.reduce((sum, a, f) => sum + Math.tanh(a + k[j]![f]!), 0);
    expectRows(additiveAttention(query, key, value).toArray(), plain(3, v, unscaled));
  });

  test('ignores masked keys and, with causal, later keys', () => {
    const mask = bools([[true, false, true, true, false]]);
    expectRows(
      additiveAttention(query, key, value, { scale: factors, mask, causal: true }).toArray(),
      plain(3, v, additive, (i, j) => j <= i && j % 3 !== 1),
    );
  });
});
