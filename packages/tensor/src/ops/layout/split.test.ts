import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { split } from './split.ts';

/** As JavaScript callers see it. */
const loose = split as unknown as (...args: readonly unknown[]) => Tensor[];

describe('split', () => {
  const x = tensor([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ]);

  it('cuts into equal parts', () => {
    expect(split(x, 2, 1).map((t) => t.toArray())).toEqual([
      [
        [1, 2],
        [5, 6],
      ],
      [
        [3, 4],
        [7, 8],
      ],
    ]);
    expect(split(x, 2).map((t) => t.shape)).toEqual([
      [1, 4],
      [1, 4],
    ]);
    expect(split(x, 1).map((t) => t.toArray())).toEqual([x.toArray()]);
  });

  it('cuts into parts of given sizes, 0 among them', () => {
    expect(split(x, [1, 0, 3], -1).map((t) => t.toArray())).toEqual([
      [[1], [5]],
      [[], []],
      [
        [2, 3, 4],
        [6, 7, 8],
      ],
    ]);
    expect(split(zeros([0]), []).length).toBe(0);
    expect(split(zeros([0]), 3).map((t) => t.shape)).toEqual([[0], [0], [0]]);
  });

  it('refuses parts that do not fill the axis', () => {
    expect(() => loose(x, 3, 1)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: split: axis 1 of [2,4] does not divide into 3 parts; give a list of sizes]`,
    );
    expect(() => loose(x, [1, 2], 1)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: split: sizes [1,2] must add up to axis 1 of [2,4]]`,
    );
    expect(() => loose(x, [5, -1], 1)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: split: \`parts\` must be a positive integer or a list of sizes, got [5,-1]]`,
    );
    expect(() => loose(x, 0)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: split: \`parts\` must be a positive integer or a list of sizes, got 0]`,
    );
    expect(() => loose(x, 1.5)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: split: \`parts\` must be a positive integer or a list of sizes, got 1.5]`,
    );
    expect(() => loose(x, 'two')).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: split: \`parts\` must be a positive integer or a list of sizes, got "two"]`,
    );
    expect(() => loose(x, 2, 2)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: split: \`axis\` must be an integer in [-2, 2), got 2]`,
    );
  });
});
