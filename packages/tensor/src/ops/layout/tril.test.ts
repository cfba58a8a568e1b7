import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { tril } from './tril.ts';

/** As JavaScript callers see it. */
const loose = tril as unknown as (...args: readonly unknown[]) => Tensor;

describe('tril', () => {
  const x = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);

  it('keeps one side of a diagonal', () => {
    expect(tril(x).toArray()).toEqual([
      [1, 0, 0],
      [4, 5, 0],
    ]);
    expect(tril(x, 1).toArray()).toEqual([
      [1, 2, 0],
      [4, 5, 6],
    ]);
    expect(tril(x, -1).toArray()).toEqual([
      [0, 0, 0],
      [4, 0, 0],
    ]);
    expect([tril(x, -5), tril(x, 5)].map((y) => y.toArray())).toEqual([
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ]);
  });

  it('takes every matrix of a batch, and every arithmetic dtype', () => {
    const twice = tensor(
      [
        [
          [1, 1],
          [1, 1],
        ],
        [
          [2, 2],
          [2, 2],
        ],
      ],
      undefined,
      'int32',
    );
    expect(tril(twice).toArray()).toEqual([
      [
        [1, 0],
        [1, 1],
      ],
      [
        [2, 0],
        [2, 2],
      ],
    ]);
    expect(
      tril(
        tensor(
          [
            [true, true],
            [true, true],
          ],
          undefined,
          'bool',
        ),
      ).toArray(),
    ).toEqual([
      [true, false],
      [true, true],
    ]);
    expect([tril(zeros([0, 3])).shape, tril(zeros([2, 3, 0])).shape, tril(tensor([[NaN]]), -1).toArray()]).toEqual([
      [0, 3],
      [2, 3, 0],
      [[0]],
    ]);
  });

  it('refuses vectors and invalid diagonals', () => {
    expect(() => loose(zeros([3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tril: expects rank 2 or more, got [3]]`,
    );
    expect(() => loose(x, 0.5)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: tril: \`k\` must be an integer, got 0.5]`,
    );
  });
});
