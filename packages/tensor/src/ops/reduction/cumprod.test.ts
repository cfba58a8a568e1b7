import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { cumprod } from './cumprod.ts';

describe('cumprod', () => {
  const x = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);

  it('runs along the last axis, or another', () => {
    expect(cumprod(x).toArray()).toEqual([
      [1, 2, 6],
      [4, 20, 120],
    ]);
    expect(cumprod(x, 0).toArray()).toEqual([
      [1, 2, 3],
      [4, 10, 18],
    ]);
  });

  it('leaves each element out with `exclusive`, so that the first product is 1', () => {
    expect(cumprod(x, 1, { exclusive: true }).toArray()).toEqual([
      [1, 1, 2],
      [1, 4, 20],
    ]);
    expect(cumprod(tensor([7]), 0, { exclusive: true }).toArray()).toEqual([1]);
  });

  it('runs from the end with `reverse`', () => {
    expect(cumprod(x, -1, { reverse: true }).toArray()).toEqual([
      [6, 6, 3],
      [120, 30, 6],
    ]);
    expect(cumprod(x, -1, { reverse: true, exclusive: true }).toArray()).toEqual([
      [6, 3, 1],
      [30, 6, 1],
    ]);
  });

  it('keeps int32, infinities and axes of size 0', () => {
    const y = cumprod(tensor([1, 2], undefined, 'int32'), 0, { exclusive: true });
    expect([y.dtype, y.toArray()]).toEqual(['int32', [1, 1]]);
    expect(cumprod(tensor([1, Infinity, -Infinity])).toArray()).toEqual([1, Infinity, -Infinity]);
    expect(cumprod(zeros([2, 0]), 1, { exclusive: true }).shape).toEqual([2, 0]);
  });

  it('refuses axes that are not there, and bool', () => {
    expect(() => cumprod(x, 2 as never)).toThrow('cumprod: `axis` must be an integer in [-2, 2), got 2');
    expect(() => cumprod(zeros([2], 'bool'))).toThrow('cumprod: does not take bool; convert it with `cast` first');
  });
});
