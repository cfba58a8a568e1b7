import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';

import { flatten } from './flatten.ts';

describe('flatten', () => {
  it('keeps the batch', () => {
    expect(
      flatten(
        tensor([
          [
            [1, 2],
            [3, 4],
          ],
          [
            [5, 6],
            [7, 8],
          ],
        ]),
      ).toArray(),
    ).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ]);
    expect([flatten(zeros([3])).shape, flatten(zeros([0, 2, 2])).shape, flatten(zeros([2, 0, 2])).shape]).toEqual([
      [3, 1],
      [0, 4],
      [2, 0],
    ]);
  });

  it('refuses a scalar', () => {
    expect(() => flatten(zeros([]) as never)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: flatten: expects rank 1 or more, got []]`,
    );
  });
});
