import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { softsign } from './softsign.ts';

describe('softsign', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(softsign, [
      [0.25, 0.2],
      [0.5, 0.3333333333333333],
      [1, 0.5],
      [-0.5, -0.3333333333333333],
      [-1, -0.5],
      [2, 0.6666666666666666],
      [-2, -0.6666666666666666],
      [3.5, 0.7777777777777778],
      [-3.5, -0.7777777777777778],
      [1000, 0.999000999000999],
      [-1000, -0.999000999000999],
    ]);
  });

  it('keeps zeros, and is ±1 at ±∞', () => {
    expectValues(softsign, [
      [0, 0],
      [-0, -0],
      [2 ** 127, 1],
      [-(2 ** 127), -1],
      [Infinity, 1],
      [-Infinity, -1],
      [NaN, NaN],
    ]);
  });

  it('refuses int32', () => {
    expect(() => softsign(zeros([2], 'int32') as never)).toThrow(
      'softsign: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
