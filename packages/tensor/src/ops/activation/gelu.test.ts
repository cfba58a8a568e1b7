import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { gelu } from './gelu.ts';

describe('gelu', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(gelu, [
      [0.25, 0.14967658142073093],
      [0.5, 0.34573123063700656],
      [1, 0.8413447460685429],
      [2, 1.9544997361036416],
      [3.5, 3.4991857982233756],
      [-0.25, -0.10032341857926907],
      [-0.5, -0.15426876936299344],
    ]);
  });

  it('keeps its digits far left of 0, by mpmath', () => {
    expectValues(
      gelu,
      [
        [-2, -0.045500263896358414],
        [-5, -0.0000014332578593959696],
        [-5.5, -0.00000010444259356238246],
        [-8, -4.9767684594174273e-15],
        [-12, -2.1317785344932148e-32],
        [-13.5, -1.0555389862638153e-40],
        [-37, -2.1184613523340934e-298],
      ],
      1000,
    ); // an error of half an ulp in x/√2 makes one of x² ulps in erfc
  });

  it('is x or 0 far out, and at ±∞', () => {
    for (const approximate of [false, true]) {
      expectValues(
        (x) => gelu(x, { approximate }),
        [
          [1000, 1000],
          [-1000, -0],
          [0, 0],
          [-0, -0],
          [Infinity, Infinity],
          [-Infinity, -0],
          [NaN, NaN],
        ],
      );
    }
  });

  it('takes the formula with the hyperbolic tangent', () => {
    expectValues(
      (x) => gelu(x, { approximate: true }),
      [
        [0.25, 0.149675350701685],
        [0.5, 0.34571400982514394],
        [1, 0.8411919906082767],
        [2, 1.954597694087775],
        [-0.25, -0.100324649298315],
        [-0.5, -0.15428599017485609],
        [1000, 1000],
      ],
    );
  });

  it('refuses int32', () => {
    expect(() => gelu(zeros([2], 'int32') as never)).toThrow(
      'gelu: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
