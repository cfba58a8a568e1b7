import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { cumsum } from './cumsum.ts';

describe('cumsum', () => {
  const x = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);

  it('runs along the last axis, or another', () => {
    expect(cumsum(x).toArray()).toEqual([
      [1, 3, 6],
      [4, 9, 15],
    ]);
    expect(cumsum(x, 0).toArray()).toEqual([
      [1, 2, 3],
      [5, 7, 9],
    ]);
  });

  it('leaves each element out with `exclusive`, so that the first sum is 0', () => {
    expect(cumsum(x, 1, { exclusive: true }).toArray()).toEqual([
      [0, 1, 3],
      [0, 4, 9],
    ]);
    expect(cumsum(tensor([7]), 0, { exclusive: true }).toArray()).toEqual([0]);
  });

  it('runs from the end with `reverse`', () => {
    expect(cumsum(x, -1, { reverse: true }).toArray()).toEqual([
      [6, 5, 3],
      [15, 11, 6],
    ]);
    expect(cumsum(x, -1, { reverse: true, exclusive: true }).toArray()).toEqual([
      [5, 3, 0],
      [11, 6, 0],
    ]);
  });

  it('keeps int32, infinities and axes of size 0', () => {
    const y = cumsum(tensor([1, 2], undefined, 'int32'), 0, { exclusive: true });
    expect([y.dtype, y.toArray()]).toEqual(['int32', [0, 1]]);
    expect(cumsum(tensor([1, Infinity, -Infinity])).toArray()).toEqual([1, Infinity, NaN]);
    expect(cumsum(zeros([2, 0]), 1, { exclusive: true }).shape).toEqual([2, 0]);
  });

  it('refuses axes that are not there, and bool', () => {
    expect(() => cumsum(x, 2 as never)).toThrow('cumsum: `axis` must be an integer in [-2, 2), got 2');
    expect(() => cumsum(zeros([2], 'bool'))).toThrow('cumsum: does not take bool; convert it with `cast` first');
  });
});
