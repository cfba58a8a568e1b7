import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { atan } from './atan.ts';

describe('atan', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(atan, [
      [0.25, 0.24497866312686414],
      [0.5, 0.4636476090008061],
      [1, 0.7853981633974483],
      [-0.5, -0.4636476090008061],
      [-1, -0.7853981633974483],
      [2, 1.1071487177940904],
      [-2, -1.1071487177940904],
      [3.5, 1.2924966677897853],
      [-3.5, -1.2924966677897853],
      [1000, 1.5697963271282298],
      [-1000, -1.5697963271282298],
      [9.094947017729282e-13, 9.094947017729282e-13],
    ]);
  });

  it('ends at ±π/2 and keeps zeros and NaN', () => {
    expectValues(atan, [
      [0, 0],
      [-0, -0],
      [Infinity, 1.5707963267948966],
      [-Infinity, -1.5707963267948966],
      [NaN, NaN],
    ]);
  });

  it('refuses int32', () => {
    expect(() => atan(zeros([2], 'int32') as never)).toThrow(
      'atan: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
