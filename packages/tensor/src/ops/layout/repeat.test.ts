import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { repeat } from './repeat.ts';

/** As JavaScript callers see it. */
const loose = repeat as unknown as (...args: readonly unknown[]) => Tensor;

describe('repeat', () => {
  const x = tensor([
    [1, 2],
    [3, 4],
  ]);

  it('repeats each element, as NumPy does', () => {
    expect(repeat(x, 2).toArray()).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
    expect(repeat(x, 2, 0).toArray()).toEqual([
      [1, 2],
      [1, 2],
      [3, 4],
      [3, 4],
    ]);
    expect(repeat(x, 3, -1).toArray()).toEqual([
      [1, 1, 1, 2, 2, 2],
      [3, 3, 3, 4, 4, 4],
    ]);
    expect(repeat(tensor(7), 2).toArray()).toEqual([7, 7]);
  });

  it('takes a number for each position', () => {
    expect(repeat(x, [1, 2], 0).toArray()).toEqual([
      [1, 2],
      [3, 4],
      [3, 4],
    ]);
    expect(repeat(x, [0, 2], 1).toArray()).toEqual([
      [2, 2],
      [4, 4],
    ]);
    expect(repeat(tensor([1, 2, 3]), [2, 0, 1]).toArray()).toEqual([1, 1, 3]);
  });

  it('repeats nothing, or not at all', () => {
    expect([repeat(x, 0, 0).shape, repeat(zeros([0, 2]), 3, 0).shape, repeat(x, [0, 0], 1).shape]).toEqual([
      [0, 2],
      [0, 2],
      [2, 0],
    ]);
  });

  it('refuses invalid repetitions', () => {
    expect(() => loose(x, -1)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: repeat: \`repeats\` must be integers of at least 0, got -1]`,
    );
    expect(() => loose(x, [1, 0.5], 0)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: repeat: \`repeats\` must be integers of at least 0, got [1,0.5]]`,
    );
    expect(() => loose(x, [1, 2, 3], 0)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: repeat: \`repeats\` must have 2 entries for axis 0 of [2,2], got 3]`,
    );
    expect(() => loose(x, 2, 2)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: repeat: \`axis\` must be an integer in [-2, 2), got 2]`,
    );
  });
});
