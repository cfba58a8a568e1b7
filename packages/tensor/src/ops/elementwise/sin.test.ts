import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { sin } from './sin.ts';

describe('sin', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(sin, [
      [0.25, 0.24740395925452294],
      [0.5, 0.479425538604203],
      [1, 0.8414709848078965],
      [-0.5, -0.479425538604203],
      [-1, -0.8414709848078965],
      [2, 0.9092974268256817],
      [-2, -0.9092974268256817],
      [3.5, -0.35078322768961984],
      [-3.5, 0.35078322768961984],
      [1000, 0.8268795405320025],
      [-1000, -0.8268795405320025],
    ]);
  });

  it('keeps zeros and has no limit', () => {
    expectValues(sin, [
      [0, 0],
      [-0, -0],
      [Infinity, NaN],
      [-Infinity, NaN],
      [NaN, NaN],
    ]);
  });

  it('refuses int32', () => {
    expect(() => sin(zeros([2], 'int32') as never)).toThrow(
      'sin: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
