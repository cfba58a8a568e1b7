import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { log1p } from './log1p.ts';

describe('log1p', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(log1p, [
      [0.25, 0.22314355131420976],
      [0.5, 0.4054651081081644],
      [1, 0.6931471805599453],
      [-0.5, -0.6931471805599453],
      [-0.75, -1.3862943611198906],
      [3, 1.3862943611198906],
      [1000, 6.90875477931522],
      [9.094947017729282e-13, 9.094947017725146e-13],
      [-9.094947017729282e-13, -9.094947017733418e-13],
    ]);
  });

  it('keeps zeros, ends at −1 and keeps NaN', () => {
    expectValues(log1p, [
      [0, 0],
      [-0, -0],
      [-1, -Infinity],
      [-2, NaN],
      [Infinity, Infinity],
      [-Infinity, NaN],
      [NaN, NaN],
    ]);
  });

  it('refuses int32', () => {
    expect(() => log1p(zeros([2], 'int32') as never)).toThrow(
      'log1p: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
