import { describe, expect, test } from 'vitest';
import { counted, elements } from '../testing/run.ts';
import { zeroPadding1d, zeroPadding2d, zeroPadding3d } from './zeroPadding.ts';

describe('zero padding', () => {
  test('adds one zero at each end by default', () => {
    expect(elements(zeroPadding1d(), counted([1, 2, 1], 1))).toEqual([0, 1, 2, 0]);
    expect(elements(zeroPadding1d({ padding: [2, 0] }), counted([1, 2, 1], 1))).toEqual([0, 0, 1, 2]);
    expect(elements(zeroPadding2d({ padding: [0, 1] }), counted([1, 2, 1, 1], 1))).toEqual([0, 1, 0, 0, 2, 0]);
    expect(
      elements(
        zeroPadding2d({
          padding: [
            [1, 0],
            [0, 2],
          ],
        }),
        counted([1, 1, 1, 1], 1),
      ),
    ).toEqual([0, 0, 0, 1, 0, 0]);
    expect(zeroPadding3d({ padding: [1, 0, 2] }).outputShape([[2, 3, 3, 3, 1]])).toEqual([[2, 5, 3, 7, 1]]);
  });

  test('rejects invalid arguments', () => {
    expect(() => zeroPadding1d({ padding: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: zeroPadding1d: \`padding\` must be an integer of at least 0, or a pair of them, got -1]`,
    );
    expect(() => zeroPadding2d({ padding: [1, 2, 3] as never })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: zeroPadding2d: \`padding\` must be an integer of at least 0, 2 of them, or 2 pairs of them, got [1,2,3]]`,
    );
    expect(() => zeroPadding3d().outputShape([[2, 3, 3, 1]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: zeroPadding3d: expects rank 5 [batch,depth,height,width,channels], got [2,3,3,1]]`,
    );
  });
});
