import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { mish } from './mish.ts';

describe('mish', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(
      mish,
      [
        [0.25, 0.1695724096638176],
        [0.5, 0.37524521130489513],
        [1, 0.8650983882673103],
        [-0.5, -0.22074377465173],
        [-1, -0.3034014613741089],
        [2, 1.9439589595339946],
        [-2, -0.2525014826957089],
        [3.5, 3.493990715117519],
        [-3.5, -0.10409575448637122],
        [20, 20],
        [-20, -4.122307240628761e-8],
        [-60, -5.253906457617913e-25],
        [40, 40],
      ],
      6,
    );
  });

  it('is x or 0 far out, and at ±∞', () => {
    expectValues(mish, [
      [1000, 1000],
      [-1000, -0],
      [0, 0],
      [-0, -0],
      [Infinity, Infinity],
      [-Infinity, -0],
      [NaN, NaN],
    ]);
  });

  it('refuses int32', () => {
    expect(() => mish(zeros([2], 'int32') as never)).toThrow(
      'mish: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
