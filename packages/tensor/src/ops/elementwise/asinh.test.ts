import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { asinh } from './asinh.ts';

describe('asinh', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(asinh, [
      [0.25, 0.24746646154726346],
      [0.5, 0.48121182505960347],
      [1, 0.881373587019543],
      [-0.5, -0.48121182505960347],
      [-1, -0.881373587019543],
      [2, 1.4436354751788103],
      [-2, -1.4436354751788103],
      [3.5, 1.9657204716496515],
      [1000, 7.600902709541988],
      [-1000, -7.600902709541988],
      [9.094947017729282e-13, 9.094947017729282e-13],
      [-9.094947017729282e-13, -9.094947017729282e-13],
      [134217728, 19.408121055678468],
      [536870912, 20.79441541679836],
      [1.0000000200408773e20, 46.744849060481734],
      [3.0000000054977558e38, 89.28999300483437],
      [-3.0000000054977558e38, -89.28999300483437],
    ]);
  });

  it('keeps zeros, infinities and NaN', () => {
    expectValues(asinh, [
      [0, 0],
      [-0, -0],
      [Infinity, Infinity],
      [-Infinity, -Infinity],
      [NaN, NaN],
    ]);
  });

  it('refuses int32', () => {
    expect(() => asinh(zeros([2], 'int32') as never)).toThrow(
      'asinh: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
