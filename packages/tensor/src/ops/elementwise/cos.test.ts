import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { cos } from './cos.ts';

describe('cos', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(cos, [
      [0.25, 0.9689124217106447],
      [0.5, 0.8775825618903728],
      [1, 0.5403023058681398],
      [-0.5, 0.8775825618903728],
      [-1, 0.5403023058681398],
      [2, -0.4161468365471424],
      [-2, -0.4161468365471424],
      [3.5, -0.9364566872907963],
      [-3.5, -0.9364566872907963],
      [1000, 0.5623790762907029],
      [-1000, 0.5623790762907029],
    ]);
  });

  it('is 1 at 0 and has no limit', () => {
    expectValues(cos, [
      [0, 1],
      [-0, 1],
      [Infinity, NaN],
      [-Infinity, NaN],
      [NaN, NaN],
    ]);
  });

  it('refuses int32', () => {
    expect(() => cos(zeros([2], 'int32') as never)).toThrow(
      'cos: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
