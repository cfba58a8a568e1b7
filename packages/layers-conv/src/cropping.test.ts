import { describe, expect, test } from 'vitest';
import { counted, elements } from '../testing/run.ts';
import { cropping1d, cropping2d, cropping3d } from './cropping.ts';

describe('cropping', () => {
  test('removes one position at each end by default, and none from images', () => {
    expect(elements(cropping1d(), counted([1, 4, 1], 1))).toEqual([2, 3]);
    expect(cropping2d().outputShape([[1, 4, 4, 1]])).toEqual([[1, 4, 4, 1]]);
    expect(elements(cropping3d(), counted([1, 3, 3, 3, 1], 1))).toEqual([14]);
  });

  test('removes the given numbers of positions', () => {
    expect(elements(cropping1d({ cropping: [0, 3] }), counted([1, 4, 1], 1))).toEqual([1]);
    expect(elements(cropping2d({ cropping: [0, 1] }), counted([1, 2, 3, 1], 1))).toEqual([2, 5]);
    expect(
      elements(
        cropping2d({
          cropping: [
            [1, 0],
            [0, 1],
          ],
        }),
        counted([1, 2, 3, 1], 1),
      ),
    ).toEqual([4, 5]);
  });

  test('rejects a cropping that leaves no position', () => {
    expect(() => cropping1d({ cropping: [2, 2] }).outputShape([[1, 4, 1]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: cropping1d: nothing is left of [1,4,1]]`,
    );
    expect(() => cropping2d({ cropping: [1.5, 2] })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: cropping2d: \`cropping\` must be an integer of at least 0, 2 of them, or 2 pairs of them, got [1.5,2]]`,
    );
  });
});
