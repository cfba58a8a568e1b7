import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { asin } from './asin.ts';

describe('asin', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(asin, [
      [0.25, 0.25268025514207865],
      [0.5, 0.5235987755982989],
      [-0.5, -0.5235987755982989],
      [-0.75, -0.848062078981481],
      [1, 1.5707963267948966],
      [-1, -1.5707963267948966],
      [9.094947017729282e-13, 9.094947017729282e-13],
    ]);
  });

  it('keeps zeros and is NaN outside [−1, 1]', () => {
    expectValues(asin, [
      [0, 0],
      [-0, -0],
      [1.5, NaN],
      [-1.5, NaN],
      [Infinity, NaN],
      [NaN, NaN],
    ]);
  });

  it('refuses int32', () => {
    expect(() => asin(zeros([2], 'int32') as never)).toThrow(
      'asin: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
