import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { sinh } from './sinh.ts';

describe('sinh', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(
      sinh,
      [
        [0.25, 0.2526123168081683],
        [0.5, 0.5210953054937474],
        [1, 1.1752011936438014],
        [-0.5, -0.5210953054937474],
        [-1, -1.1752011936438014],
        [2, 3.6268604078470186],
        [-2, -3.6268604078470186],
        [3.5, 16.542627287634996],
        [-3.5, -16.542627287634996],
        [9.094947017729282e-13, 9.094947017729282e-13],
        [-9.094947017729282e-13, -9.094947017729282e-13],
        [20, 242582597.70489514],
        [-20, -242582597.70489514],
        [88.5, 1.3615439125340558e38],
        [-88.5, -1.3615439125340558e38],
      ],
      8,
    );
  });

  it('overflows with its sign and keeps zeros and NaN', () => {
    expectValues(sinh, [
      [1000, Infinity],
      [-1000, -Infinity],
      [0, 0],
      [-0, -0],
      [Infinity, Infinity],
      [-Infinity, -Infinity],
      [NaN, NaN],
    ]);
  });

  it('overflows no earlier than its result', () => {
    expect(sinh(tensor([710], [1], 'float64')).item() / 1.1169973830808555e308).toBeCloseTo(1, 12);
    expect(sinh(tensor([89])).item() / 2.2448064095871728e38).toBeCloseTo(1, 5);
  });

  it('refuses int32', () => {
    expect(() => sinh(zeros([2], 'int32') as never)).toThrow(
      'sinh: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
