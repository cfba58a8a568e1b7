import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { any } from './any.ts';

describe('any', () => {
  const x = tensor(
    [
      [true, true],
      [false, false],
      [true, false],
    ],
    undefined,
    'bool',
  );

  it('reduces one axis, several, or all', () => {
    const y = any(x, { axis: 1 });
    expect([y.dtype, y.toArray()]).toEqual(['bool', [true, false, true]]);
    expect(any(x).toArray()).toBe(true);
    expect(any(x, { axis: [0, -1], keepDims: true }).toArray()).toEqual([[true]]);
    expect(any(tensor(true, undefined, 'bool')).toArray()).toBe(true);
  });

  it('is false over nothing', () => {
    expect(any(zeros([2, 0], 'bool'), { axis: 1 }).toArray()).toEqual([false, false]);
    expect(any(zeros([0], 'bool')).toArray()).toBe(false);
    expect(any(zeros([0, 2], 'bool'), { axis: 1, keepDims: true }).shape).toEqual([0, 1]);
  });

  it('refuses other dtypes and axes that are not there', () => {
    expect(() => any(zeros([2]) as never)).toThrow(
      'any: expects bool, got float32; compare it or convert it with `cast`',
    );
    expect(() => any(x, { axis: 2 as never })).toThrow('any: `axis` must be an integer in [-2, 2), got 2');
  });
});
