import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { acos } from './acos.ts';

describe('acos', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(acos, [
      [0.25, 1.318116071652818],
      [0.5, 1.0471975511965979],
      [-0.5, 2.0943951023931957],
      [-0.75, 2.4188584057763776],
      [1, 0],
      [-1, 3.141592653589793],
      [9.094947017729282e-13, 1.570796326793987],
      [0, 1.5707963267948966],
    ]);
  });

  it('is NaN outside [−1, 1]', () => {
    expectValues(acos, [
      [1, 0],
      [1.5, NaN],
      [-1.5, NaN],
      [Infinity, NaN],
      [NaN, NaN],
    ]);
  });

  it('refuses int32', () => {
    expect(() => acos(zeros([2], 'int32') as never)).toThrow(
      'acos: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
