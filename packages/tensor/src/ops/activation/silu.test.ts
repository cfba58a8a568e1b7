import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { silu } from './silu.ts';

describe('silu', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(silu, [
      [0.25, 0.14054412522144952],
      [0.5, 0.3112296656009273],
      [1, 0.7310585786300049],
      [-0.5, -0.18877033439907273],
      [-1, -0.2689414213699951],
      [2, 1.7615941559557649],
      [-2, -0.23840584404423512],
      [3.5, 3.397407192370253],
      [-3.5, -0.10259280762974711],
      [20, 19.99999995877693],
      [-20, -4.122307236380407e-8],
    ]);
  });

  it('is x or 0 far out, and at ±∞', () => {
    expectValues(silu, [
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
    expect(() => silu(zeros([2], 'int32') as never)).toThrow(
      'silu: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
