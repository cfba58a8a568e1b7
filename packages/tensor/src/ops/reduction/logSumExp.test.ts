import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { logSumExp } from './logSumExp.ts';

describe('logSumExp', () => {
  it('is the logarithm of the sum', () => {
    const x = tensor(
      [
        [0, Math.log(3)],
        [Math.log(2), Math.log(6)],
      ],
      undefined,
      'float64',
    );
    expect(logSumExp(x, { axis: 1 }).data[0]).toBeCloseTo(Math.log(4), 14);
    expect(logSumExp(x, { axis: 0, keepDims: true }).data[1]).toBeCloseTo(Math.log(9), 14);
    expect(logSumExp(x).item()).toBeCloseTo(Math.log(12), 14);
    expect(logSumExp(x, { axis: [0, 1], keepDims: true }).shape).toEqual([1, 1]);
    expect(logSumExp(tensor(-3)).item()).toBe(-3);
  });

  it('neither overflows nor vanishes', () => {
    for (const shift of [1000, -1000])
      expect(logSumExp(tensor([shift, shift])).item()).toBeCloseTo(shift + Math.LN2, 3);
    expect(logSumExp(tensor([-1000, 0, 1000])).item()).toBe(1000);
  });

  it('keeps infinities and NaN', () => {
    const x = tensor([
      [-Infinity, -Infinity],
      [-Infinity, 1],
      [Infinity, 1],
      [Infinity, -Infinity],
      [NaN, 1],
      [NaN, Infinity],
    ]);
    expect(logSumExp(x, { axis: 1 }).toArray()).toEqual([-Infinity, 1, Infinity, Infinity, NaN, NaN]);
  });

  it('is −∞ over nothing', () => {
    expect(logSumExp(zeros([2, 0]), { axis: 1 }).toArray()).toEqual([-Infinity, -Infinity]);
  });

  it('refuses axes that are not there, and int32', () => {
    expect(() => logSumExp(zeros([2]), { axis: 1 as never })).toThrow(
      'logSumExp: `axis` must be an integer in [-1, 1), got 1',
    );
    expect(() => logSumExp(zeros([2], 'int32') as never)).toThrow(
      'logSumExp: expects float32 or float64, got int32; convert it with `cast`',
    );
    expect(logSumExp(zeros([0, 2]), { axis: 1 }).shape).toEqual([0]);
  });
});
