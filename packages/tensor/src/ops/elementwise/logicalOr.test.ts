import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { logicalOr } from './logicalOr.ts';

const bools = (...values: boolean[]) => tensor(values, undefined, 'bool');

describe('logicalOr', () => {
  it('has its truth table', () => {
    const y = logicalOr(bools(false, false, true, true), bools(false, true, false, true));
    expect([y.dtype, y.toArray()]).toEqual(['bool', [false, true, true, true]]);
  });

  it('broadcasts', () => {
    expect(logicalOr(tensor([[true], [false]], undefined, 'bool'), bools(true, false)).toArray()).toEqual([
      [true, true],
      [true, false],
    ]);
    expect(() => logicalOr(zeros([2], 'bool'), zeros([3], 'bool') as never)).toThrow(
      'logicalOr: cannot broadcast [2] with [3]',
    );
  });

  it('refuses other dtypes than bool', () => {
    expect(() => logicalOr(bools(true), zeros([1]) as never)).toThrow(
      'logicalOr: expects one dtype, got bool and float32; convert one with `cast`',
    );
    expect(() => logicalOr(zeros([1]) as never, zeros([1]) as never)).toThrow(
      'logicalOr: expects bool, got float32; convert it with `cast`',
    );
    expect(() => logicalOr(bools(true), 2 as never)).toThrow('logicalOr: `b` must be a tensor, got 2');
  });
});
