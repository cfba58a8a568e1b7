import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { erf } from './erf.ts';

describe('erf', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(erf, [
      [0.25, 0.27632639016823696],
      [0.5, 0.5204998778130465],
      [1, 0.8427007929497149],
      [-0.5, -0.5204998778130465],
      [-1, -0.8427007929497149],
      [2, 0.9953222650189527],
      [-2, -0.9953222650189527],
      [3.5, 0.9999992569016276],
      [-3.5, -0.9999992569016276],
      [9.094947017729282e-13, 1.0262548740643184e-12],
      [-2.75, -0.9998993780778803],
      [5.5, 0.9999999999999927],
    ]);
  });

  it('ends at ±1 and keeps zeros and NaN', () => {
    expectValues(erf, [
      [1000, 1],
      [-1000, -1],
      [0, 0],
      [-0, -0],
      [Infinity, 1],
      [-Infinity, -1],
      [NaN, NaN],
    ]);
  });

  it('refuses int32', () => {
    expect(() => erf(zeros([2], 'int32') as never)).toThrow(
      'erf: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
