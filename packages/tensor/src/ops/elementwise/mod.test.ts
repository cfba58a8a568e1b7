import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { mod } from './mod.ts';

describe('mod', () => {
  it.each(['float32', 'float64', 'int32'] as const)('has the sign of the divisor in %s', (dtype) => {
    const a = tensor([7, -7, 7, -7, 1000], undefined, dtype);
    const b = tensor([3, 3, -3, -3, 7], undefined, dtype);
    expect(mod(a, b).toArray()).toEqual([1, 2, -2, -1, 6]);
  });

  it('has the values of NumPy for fractions, infinities and NaN', () => {
    const a = tensor([5.5, -5.5, 5, -5, 5, Infinity, NaN]);
    const b = tensor([2, 2, Infinity, Infinity, 0, 2, 2]);
    expect(mod(a, b).toArray()).toEqual([1.5, 0.5, 5, Infinity, NaN, NaN, NaN]);
  });

  it('is 0 where integers are divided by 0', () => {
    expect(mod(tensor([5, -5], undefined, 'int32'), 0).toArray()).toEqual([0, 0]);
  });

  it('broadcasts, and takes a number on either side', () => {
    expect(mod(tensor([[7], [8]]), tensor([3, 5])).toArray()).toEqual([
      [1, 2],
      [2, 3],
    ]);
    expect(mod(7, tensor([4, -4])).toArray()).toEqual([3, -1]);
  });

  it('refuses operands that do not fit together', () => {
    expect(() => mod(zeros([2]), zeros([3]) as never)).toThrow('mod: cannot broadcast [2] with [3]');
    expect(() => mod(zeros([2]), zeros([2], 'int32') as never)).toThrow(
      'mod: expects one dtype, got float32 and int32; convert one with `cast`',
    );
  });
});
