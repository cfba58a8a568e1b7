import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { arange } from '../creation/sequences.ts';
import type { Tensor } from '../../array/tensor.ts';
import { reshape } from './reshape.ts';
import { roll } from './roll.ts';

/** As JavaScript callers see it. */
const loose = roll as unknown as (...args: readonly unknown[]) => Tensor;

describe('roll', () => {
  const x = reshape(arange(6), [2, 3]);

  it('shifts the flattened tensor, or along axes, as NumPy does', () => {
    expect(roll(x, 2).toArray()).toEqual([
      [4, 5, 0],
      [1, 2, 3],
    ]);
    expect(roll(x, 1, 1).toArray()).toEqual([
      [2, 0, 1],
      [5, 3, 4],
    ]);
    expect(roll(x, [1, -1], [0, 1]).toArray()).toEqual([
      [4, 5, 3],
      [1, 2, 0],
    ]);
    expect(roll(x, 1, [0, 1]).toArray()).toEqual([
      [5, 3, 4],
      [2, 0, 1],
    ]);
  });

  it('goes round as often as it takes', () => {
    expect(roll(arange(3), -7).toArray()).toEqual([1, 2, 0]);
    expect(roll(arange(3), 3).toArray()).toEqual([0, 1, 2]);
    expect([roll(zeros([0, 2]), 1, 0).shape, roll(zeros([]), 1).shape]).toEqual([[0, 2], []]);
  });

  it('refuses invalid shifts', () => {
    expect(() => loose(x, 0.5)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: roll: \`shift\` must be an integer or 1 of them, got 0.5]`,
    );
    expect(() => loose(x, [1, 2], 0)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: roll: \`shift\` must be an integer or 1 of them, got [1,2]]`,
    );
    expect(() => loose(x, 1, 2)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: roll: \`axis\` must be an integer in [-2, 2), got 2]`,
    );
  });
});
