import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { moveAxis } from './moveAxis.ts';

/** As JavaScript callers see it. */
const loose = moveAxis as unknown as (...args: readonly unknown[]) => Tensor;

describe('moveAxis', () => {
  const x = zeros([2, 3, 4, 5]);

  it('moves one axis and keeps the order of the rest', () => {
    expect([moveAxis(x, 0, 2).shape, moveAxis(x, -1, 0).shape, moveAxis(x, 1, 1).shape]).toEqual([
      [3, 4, 2, 5],
      [5, 2, 3, 4],
      [2, 3, 4, 5],
    ]);
    expect(
      moveAxis(
        tensor([
          [1, 2],
          [3, 4],
        ]),
        0,
        1,
      ).toArray(),
    ).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });

  it('moves several, as NumPy does', () => {
    expect(moveAxis(x, [0, 1], [-1, -2]).shape).toEqual([4, 5, 3, 2]);
    expect(moveAxis(x, [3, 0], [0, 1]).shape).toEqual([5, 2, 3, 4]);
  });

  it('refuses axes that are missing or named twice', () => {
    expect(() => loose(x, 4, 0)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: moveAxis: \`axis\` must be an integer in [-4, 4), got 4]`,
    );
    expect(() => loose(x, 0, -5)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: moveAxis: \`axis\` must be an integer in [-4, 4), got -5]`,
    );
    expect(() => loose(x, [0, 0], [1, 2])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: moveAxis: must name each axis once, got [0,0]]`,
    );
    expect(() => loose(x, [0, 1], 2)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: moveAxis: \`source\` and \`destination\` must have equal lengths, got [0,1] and 2]`,
    );
  });
});
