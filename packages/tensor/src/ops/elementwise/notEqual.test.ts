import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { notEqual } from './notEqual.ts';

describe('notEqual', () => {
  it('is true where elements differ, and for NaN; zeros are equal whatever their sign', () => {
    const y = notEqual(tensor([1, 2, NaN, 0, Infinity, Infinity]), tensor([1, 3, NaN, -0, Infinity, -Infinity]));
    expect([y.dtype, y.toArray()]).toEqual(['bool', [false, true, true, false, false, true]]);
  });

  it('takes int32, bool and numbers', () => {
    expect(notEqual(tensor([1, 2], undefined, 'int32'), 2).toArray()).toEqual([true, false]);
    expect(
      notEqual(tensor([true, false], undefined, 'bool'), tensor([true, true], undefined, 'bool')).toArray(),
    ).toEqual([false, true]);
  });

  it('refuses operands that do not fit together', () => {
    expect(() => notEqual(zeros([2]), zeros([3]) as never)).toThrow('notEqual: cannot broadcast [2] with [3]');
    expect(() => notEqual(zeros([2]), zeros([2], 'int32') as never)).toThrow(
      'notEqual: expects one dtype, got float32 and int32; convert one with `cast`',
    );
  });
});
