import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { cosh } from './cosh.ts';

describe('cosh', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(
      cosh,
      [
        [0.25, 1.0314130998795732],
        [0.5, 1.1276259652063807],
        [1, 1.5430806348152437],
        [-0.5, 1.1276259652063807],
        [-1, 1.5430806348152437],
        [2, 3.7621956910836314],
        [-2, 3.7621956910836314],
        [3.5, 16.572824671057315],
        [-3.5, 16.572824671057315],
        [9.094947017729282e-13, 1],
        [20, 242582597.70489514],
        [-20, 242582597.70489514],
        [88.5, 1.3615439125340558e38],
        [-88.5, 1.3615439125340558e38],
      ],
      8,
    );
  });

  it('overflows on both sides and keeps NaN', () => {
    expectValues(cosh, [
      [1000, Infinity],
      [-1000, Infinity],
      [0, 1],
      [-0, 1],
      [Infinity, Infinity],
      [-Infinity, Infinity],
      [NaN, NaN],
    ]);
  });

  it('overflows no earlier than its result', () => {
    expect(cosh(tensor([-710], [1], 'float64')).item() / 1.1169973830808555e308).toBeCloseTo(1, 12);
    expect(cosh(tensor([89])).item() / 2.2448064095871728e38).toBeCloseTo(1, 5);
  });

  it('refuses int32', () => {
    expect(() => cosh(zeros([2], 'int32') as never)).toThrow(
      'cosh: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
