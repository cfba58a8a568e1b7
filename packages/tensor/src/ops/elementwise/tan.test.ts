import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { tan } from './tan.ts';

describe('tan', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(tan, [
      [0.25, 0.25534192122103627],
      [0.5, 0.5463024898437905],
      [1, 1.5574077246549023],
      [-0.5, -0.5463024898437905],
      [-1, -1.5574077246549023],
      [2, -2.185039863261519],
      [-2, 2.185039863261519],
      [3.5, 0.3745856401585947],
      [-3.5, -0.3745856401585947],
      [1000, 1.4703241557027185],
      [-1000, -1.4703241557027185],
    ]);
  });

  it('keeps zeros and has no limit', () => {
    expectValues(tan, [
      [0, 0],
      [-0, -0],
      [Infinity, NaN],
      [-Infinity, NaN],
      [NaN, NaN],
    ]);
  });

  it('refuses int32', () => {
    expect(() => tan(zeros([2], 'int32') as never)).toThrow(
      'tan: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
