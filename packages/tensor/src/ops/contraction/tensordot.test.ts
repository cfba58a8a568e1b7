import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { arange } from '../creation/sequences.ts';
import type { Tensor } from '../../array/tensor.ts';
import { add } from '../elementwise/add.ts';
import { reshape } from '../layout/reshape.ts';
import { tensordot } from './tensordot.ts';

/** As JavaScript callers see it. */
const loose = tensordot as unknown as (...args: readonly unknown[]) => Tensor;

describe('tensordot', () => {
  const a = reshape(arange(6), [2, 3]);
  const b = tensor([
    [1, 2, 3, 4],
    [0, 1, 2, 3],
    [4, 0, 1, 2],
  ]);

  it('gives the values of NumPy', () => {
    expect(tensordot(add(a, 1), b, 1).toArray()).toEqual([
      [13, 4, 10, 16],
      [28, 13, 28, 43],
    ]);
    const [c, d] = [
      reshape(arange(24), [2, 3, 4]),
      tensor([
        [0, 1, 2],
        [3, 0, 1],
        [2, 3, 0],
        [1, 2, 3],
      ]),
    ];
    expect(
      tensordot(c, d, [
        [1, 2],
        [1, 0],
      ]).toArray(),
    ).toEqual([104, 320]);
    expect(
      tensordot(c, d, [
        [-1, -2],
        [0, 1],
      ]).toArray(),
    ).toEqual([104, 320]);
  });

  it('sums over as many axes as asked', () => {
    expect(tensordot(a, a).item()).toBe(55);
    expect(tensordot(tensor([1, 2]), tensor([3, 4]), 0).toArray()).toEqual([
      [3, 4],
      [6, 8],
    ]);
    expect(tensordot(tensor(2), tensor(3), 0).item()).toBe(6);
    expect(tensordot(zeros([2, 0]), zeros([0, 3]), 1).toArray()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it('refuses axes that do not fit', () => {
    expect(() => loose(a, b, 2)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensordot: contracted axes must have the same sizes, got [2,3] and [3,4]]`,
    );
    expect(() => loose(a, b, 3)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: tensordot: \`axes\` must be two lists or an integer of at most the ranks of [2,3] and [3,4], got 3]`,
    );
    expect(() => loose(a, b, [[0], [0, 1]])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: tensordot: \`axes\` must be an integer or two lists of one length, got [[0],[0,1]]]`,
    );
    expect(() => loose(a, b, [[2], [0]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensordot: \`axis\` must be an integer in [-2, 2), got 2]`,
    );
    expect(() =>
      loose(a, a, [
        [0, 0],
        [0, 1],
      ]),
    ).toThrowErrorMatchingInlineSnapshot(`[ShapeError: tensordot: \`axes\` must name each axis once, got [0,0]]`);
    expect(() => loose(zeros([2], 'int32'), zeros([2], 'int32'), 1)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: tensordot: expects float32 or float64, got int32; convert it with \`cast\`]`,
    );
  });
});
