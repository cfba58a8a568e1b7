import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { isInf } from './isInf.ts';

describe('isInf', () => {
  it.each(['float32', 'float64'] as const)('tells NaN, infinities and numbers apart in %s', (dtype) => {
    const y = isInf(tensor([NaN, Infinity, -Infinity, 0, -1000, 5e-324], undefined, dtype));
    expect([y.dtype, y.toArray()]).toEqual(['bool', [false, true, true, false, false, false]]);
  });

  it('takes int32, whose elements are all numbers', () => {
    expect(isInf(tensor([0, 2147483647, -2147483648], undefined, 'int32')).toArray()).toEqual([false, false, false]);
  });

  it('refuses uint8', () => {
    expect(() => isInf(zeros([2], 'uint8'))).toThrow('isInf: uint8 is for storage; convert it with `cast` first');
  });
});
