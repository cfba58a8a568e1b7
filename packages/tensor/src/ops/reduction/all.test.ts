import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { all } from './all.ts';

describe('all', () => {
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
    const y = all(x, { axis: 1 });
    expect([y.dtype, y.toArray()]).toEqual(['bool', [true, false, false]]);
    expect(all(x).toArray()).toBe(false);
    expect(all(x, { axis: [0, -1], keepDims: true }).toArray()).toEqual([[false]]);
    expect(all(tensor(true, undefined, 'bool')).toArray()).toBe(true);
  });

  it('is true over nothing', () => {
    expect(all(zeros([2, 0], 'bool'), { axis: 1 }).toArray()).toEqual([true, true]);
    expect(all(zeros([0], 'bool')).toArray()).toBe(true);
    expect(all(zeros([0, 2], 'bool'), { axis: 1, keepDims: true }).shape).toEqual([0, 1]);
  });

  it('refuses other dtypes and axes that are not there', () => {
    expect(() => all(zeros([2]) as never)).toThrow(
      'all: expects bool, got float32; compare it or convert it with `cast`',
    );
    expect(() => all(x, { axis: 2 as never })).toThrow('all: `axis` must be an integer in [-2, 2), got 2');
  });
});
