import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';

import { slice } from './slice.ts';

describe('slice', () => {
  const x = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);

  it('takes blocks, to the end, and at strides', () => {
    expect(slice(x, [0, 1], [2, 1]).toArray()).toEqual([[2], [5]]);
    expect(slice(x, [1, 0], [-1, -1], [1, 2]).toArray()).toEqual([[4, 6]]);
    expect([
      slice(x, [0, 3], [2, 0]).shape,
      slice(x, [0, 3], [2, -1]).shape,
      slice(zeros([0]), [0], [-1]).shape,
    ]).toEqual([[2, 0], [2, 0], [0]]);
  });

  it('counts negative begins from the end, as NumPy does', () => {
    expect(slice(x, [-1, -2], [1, 2]).toArray()).toEqual([[5, 6]]);
    expect(slice(x, [-2, -3], [-1, -1], [1, 2]).toArray()).toEqual([
      [1, 3],
      [4, 6],
    ]);
    expect(() => slice(x, [-3, 0], [1, 1])).toThrow('slice: axis 0 of [2,3] does not contain begin -3, size 1');
  });
});
