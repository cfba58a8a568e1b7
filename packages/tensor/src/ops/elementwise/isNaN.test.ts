import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { isNaN } from './isNaN.ts';

describe('isNaN', () => {
  it.each(['float32', 'float64'] as const)('tells NaN, infinities and numbers apart in %s', (dtype) => {
    const y = isNaN(tensor([NaN, Infinity, -Infinity, 0, -1000, 5e-324], undefined, dtype));
    expect([y.dtype, y.toArray()]).toEqual(['bool', [true, false, false, false, false, false]]);
  });

  it('takes int32, whose elements are all numbers', () => {
    expect(isNaN(tensor([0, 2147483647, -2147483648], undefined, 'int32')).toArray()).toEqual([false, false, false]);
  });

  it('refuses uint8', () => {
    expect(() => isNaN(zeros([2], 'uint8'))).toThrow('isNaN: uint8 is for storage; convert it with `cast` first');
  });
});
