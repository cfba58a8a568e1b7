import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { reciprocal } from './reciprocal.ts';

describe('reciprocal', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(reciprocal, [
      [0.25, 4],
      [3, 0.3333333333333333],
      [-3, -0.3333333333333333],
      [1000, 0.001],
      [-1000, -0.001],
    ]);
  });

  it('is infinite at 0, with its sign', () => {
    expectValues(reciprocal, [
      [0, Infinity],
      [-0, -Infinity],
      [Infinity, 0],
      [-Infinity, -0],
      [NaN, NaN],
    ]);
  });

  it('refuses int32', () => {
    expect(() => reciprocal(zeros([2], 'int32') as never)).toThrow(
      'reciprocal: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
