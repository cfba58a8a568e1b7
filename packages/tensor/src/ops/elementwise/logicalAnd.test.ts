import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { logicalAnd } from './logicalAnd.ts';

const bools = (...values: boolean[]) => tensor(values, undefined, 'bool');

describe('logicalAnd', () => {
  it('has its truth table', () => {
    const y = logicalAnd(bools(false, false, true, true), bools(false, true, false, true));
    expect([y.dtype, y.toArray()]).toEqual(['bool', [false, false, false, true]]);
  });

  it('broadcasts', () => {
    expect(logicalAnd(tensor([[true], [false]], undefined, 'bool'), bools(true, false)).toArray()).toEqual([
      [true, false],
      [false, false],
    ]);
    expect(() => logicalAnd(zeros([2], 'bool'), zeros([3], 'bool') as never)).toThrow(
      'logicalAnd: cannot broadcast [2] with [3]',
    );
  });

  it('refuses other dtypes than bool', () => {
    expect(() => logicalAnd(bools(true), zeros([1]) as never)).toThrow(
      'logicalAnd: expects one dtype, got bool and float32; convert one with `cast`',
    );
    expect(() => logicalAnd(zeros([1]) as never, zeros([1]) as never)).toThrow(
      'logicalAnd: expects bool, got float32; convert it with `cast`',
    );
    expect(() => logicalAnd(bools(true), 2 as never)).toThrow('logicalAnd: `b` must be a tensor, got 2');
  });
});
