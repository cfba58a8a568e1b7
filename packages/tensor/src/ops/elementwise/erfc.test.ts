import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { erfc } from './erfc.ts';

describe('erfc', () => {
  it('gives the values of mpmath 1.3 with 60 digits, down to where it underflows', () => {
    expectValues(
      erfc,
      [
        [0.25, 0.72367360983176307],
        [0.5, 0.47950012218695346],
        [1, 0.15729920705028513],
        [1.25, 0.07709987174354177],
        [2, 0.0046777349810472658],
        [3, 0.000022090496998585441],
        [-0.5, 1.5204998778130465],
        [-1, 1.8427007929497149],
        [-2.75, 1.9998993780778804],
        [5.5, 7.3578479179743981e-15],
        [9, 4.1370317465138102e-37],
        [12.5, 6.231942781979911e-70],
        [26, 5.6631924088561428e-296],
        [-30, 2],
        [9.094947017729282e-13, 0.99999999999897375],
      ],
      8,
    );
  });

  it('ends at 0 and 2, and keeps NaN', () => {
    expectValues(erfc, [
      [1000, 0],
      [-1000, 2],
      [0, 1],
      [-0, 1],
      [Infinity, 0],
      [-Infinity, 2],
      [NaN, NaN],
    ]);
  });

  it('refuses int32', () => {
    expect(() => erfc(zeros([2], 'int32') as never)).toThrow(
      'erfc: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
