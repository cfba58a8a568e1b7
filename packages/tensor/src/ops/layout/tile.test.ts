import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { tile } from './tile.ts';

/** As JavaScript callers see it. */
const loose = tile as unknown as (...args: readonly unknown[]) => Tensor;

describe('tile', () => {
  it('repeats the whole along each axis, as NumPy does', () => {
    expect(tile(tensor([1, 2]), [3]).toArray()).toEqual([1, 2, 1, 2, 1, 2]);
    expect(
      tile(
        tensor([
          [1, 2],
          [3, 4],
        ]),
        [2, 1],
      ).toArray(),
    ).toEqual([
      [1, 2],
      [3, 4],
      [1, 2],
      [3, 4],
    ]);
    expect(
      tile(
        tensor([
          [1, 2],
          [3, 4],
        ]),
        [2],
      ).toArray(),
    ).toEqual([
      [1, 2, 1, 2],
      [3, 4, 3, 4],
    ]);
    expect(tile(tensor([1, 2]), [2, 2]).toArray()).toEqual([
      [1, 2, 1, 2],
      [1, 2, 1, 2],
    ]);
    expect(tile(tensor(5), [2]).toArray()).toEqual([5, 5]);
  });

  it('repeats nothing, or not at all', () => {
    expect([
      tile(tensor([1, 2]), [0]).shape,
      tile(zeros([0, 2]), [3, 1]).shape,
      tile(tensor([1]), []).toArray(),
    ]).toEqual([[0], [0, 2], [1]]);
  });

  it('refuses invalid repetitions', () => {
    expect(() => loose(zeros([2]), [-1])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: tile: \`reps\` must be a list of integers of at least 0, got [-1]]`,
    );
    expect(() => loose(zeros([2]), 2)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: tile: \`reps\` must be a list of integers, got 2; write a list, as in \`[2]\`]`,
    );
  });
});
