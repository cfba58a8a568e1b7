import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { rsqrt } from './rsqrt.ts';

describe('rsqrt', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(rsqrt, [
      [0.25, 2],
      [4, 0.5],
      [2, 0.7071067811865476],
      [3, 0.5773502691896257],
      [0.75, 1.1547005383792515],
      [1000, 0.03162277660168379],
      [7.888609052210118e-31, 1125899906842624.0],
    ]);
  });

  it('is infinite at 0 and NaN below', () => {
    expectValues(rsqrt, [
      [0, Infinity],
      [-0, -Infinity],
      [-1, NaN],
      [Infinity, 0],
      [-Infinity, NaN],
      [NaN, NaN],
    ]);
  });

  it('refuses int32', () => {
    expect(() => rsqrt(zeros([2], 'int32') as never)).toThrow(
      'rsqrt: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
