import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { triu } from './triu.ts';

/** As JavaScript callers see it. */
const loose = triu as unknown as (...args: readonly unknown[]) => Tensor;

describe('triu', () => {
  const x = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);

  it('keeps one side of a diagonal', () => {
    expect(triu(x).toArray()).toEqual([
      [1, 2, 3],
      [0, 5, 6],
    ]);
    expect(triu(x, 1).toArray()).toEqual([
      [0, 2, 3],
      [0, 0, 6],
    ]);
    expect(triu(x, -1).toArray()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect([triu(x, -5), triu(x, 5)].map((y) => y.toArray())).toEqual([
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [
        [0, 0, 0],
        [0, 0, 0],
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
    expect(triu(twice).toArray()).toEqual([
      [
        [1, 1],
        [0, 1],
      ],
      [
        [2, 2],
        [0, 2],
      ],
    ]);
    expect(
      triu(
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
      [true, true],
      [false, true],
    ]);
    expect([triu(zeros([0, 3])).shape, triu(zeros([2, 3, 0])).shape, triu(tensor([[NaN]]), 1).toArray()]).toEqual([
      [0, 3],
      [2, 3, 0],
      [[0]],
    ]);
  });

  it('refuses vectors and invalid diagonals', () => {
    expect(() => loose(zeros([3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: triu: expects rank 2 or more, got [3]]`,
    );
    expect(() => loose(x, 0.5)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: triu: \`k\` must be an integer, got 0.5]`,
    );
  });
});
