import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { atanh } from './atanh.ts';

describe('atanh', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(atanh, [
      [0.25, 0.25541281188299536],
      [0.5, 0.5493061443340549],
      [0.75, 0.9729550745276566],
      [-0.25, -0.25541281188299536],
      [-0.5, -0.5493061443340549],
      [-0.75, -0.9729550745276566],
      [9.094947017729282e-13, 9.094947017729282e-13],
      [-9.094947017729282e-13, -9.094947017729282e-13],
      [0.9999990463256836, 7.27804515746079],
      [-0.9999990463256836, -7.27804515746079],
      [0.9999999403953552, 8.664339742098155],
    ]);
  });

  it('is infinite at ±1 and NaN beyond', () => {
    expectValues(atanh, [
      [0, 0],
      [-0, -0],
      [1, Infinity],
      [-1, -Infinity],
      [1.5, NaN],
      [-2, NaN],
      [Infinity, NaN],
      [NaN, NaN],
    ]);
  });

  it('refuses int32', () => {
    expect(() => atanh(zeros([2], 'int32') as never)).toThrow(
      'atanh: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
