import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { expm1 } from './expm1.ts';

describe('expm1', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(expm1, [
      [0.25, 0.2840254166877415],
      [0.5, 0.6487212707001282],
      [1, 1.7182818284590453],
      [-0.5, -0.3934693402873666],
      [-1, -0.6321205588285577],
      [2, 6.38905609893065],
      [-2, -0.8646647167633873],
      [3.5, 32.11545195869231],
      [-3.5, -0.9698026165776815],
      [9.094947017729282e-13, 9.094947017733418e-13],
      [-9.094947017729282e-13, -9.094947017725146e-13],
      [-40, -1],
    ]);
  });

  it('ends at −1 and ∞ and keeps zeros and NaN', () => {
    expectValues(expm1, [
      [1000, Infinity],
      [-1000, -1],
      [0, 0],
      [-0, -0],
      [Infinity, Infinity],
      [-Infinity, -1],
      [NaN, NaN],
    ]);
  });

  it('refuses int32', () => {
    expect(() => expm1(zeros([2], 'int32') as never)).toThrow(
      'expm1: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
