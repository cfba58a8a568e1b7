import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { isFinite } from './isFinite.ts';

describe('isFinite', () => {
  it.each(['float32', 'float64'] as const)('tells NaN, infinities and numbers apart in %s', (dtype) => {
    const y = isFinite(tensor([NaN, Infinity, -Infinity, 0, -1000, 5e-324], undefined, dtype));
    expect([y.dtype, y.toArray()]).toEqual(['bool', [false, false, false, true, true, true]]);
  });

  it('takes int32, whose elements are all numbers', () => {
    expect(isFinite(tensor([0, 2147483647, -2147483648], undefined, 'int32')).toArray()).toEqual([true, true, true]);
  });

  it('refuses uint8', () => {
    expect(() => isFinite(zeros([2], 'uint8'))).toThrow('isFinite: uint8 is for storage; convert it with `cast` first');
  });
});
