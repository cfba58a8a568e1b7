import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { celu } from './celu.ts';

describe('celu', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(celu, [
      [0.25, 0.25],
      [0.5, 0.5],
      [1, 1],
      [-0.5, -0.3934693402873666],
      [-1, -0.6321205588285577],
      [2, 2],
      [-2, -0.8646647167633873],
      [3.5, 3.5],
      [-3.5, -0.9698026165776815],
      [20, 20],
      [-20, -0.9999999979388464],
      [-9.094947017729282e-13, -9.094947017725146e-13],
    ]);
  });

  it('ends at −1 and ∞ and keeps zeros and NaN', () => {
    expectValues(celu, [
      [1000, 1000],
      [-1000, -1],
      [0, 0],
      [-0, -0],
      [Infinity, Infinity],
      [-Infinity, -1],
      [NaN, NaN],
    ]);
  });

  it('takes another alpha', () => {
    expectValues(
      (x) => celu(x, { alpha: 0.5 }),
      [
        [2, 2],
        [-1, -0.43233235838169365],
        [-1000, -0.5],
      ],
    );
  });

  it('refuses an alpha that is not positive', () => {
    expect(() => celu(zeros([2]), { alpha: 0 })).toThrow('celu: `alpha` must be above 0, got 0');
    expect(() => celu(zeros([2]), { alpha: NaN })).toThrow('celu: `alpha` must be above 0, got NaN');
  });

  it('refuses int32', () => {
    expect(() => celu(zeros([2], 'int32') as never)).toThrow(
      'celu: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
