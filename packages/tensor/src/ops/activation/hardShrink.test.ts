import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { hardShrink } from './hardShrink.ts';

describe('hardShrink', () => {
  it('gives the values of its formula with the threshold 0.5', () => {
    expectValues(hardShrink, [
      [-2, -2],
      [-0.5, 0],
      [-0.25, 0],
      [0, 0],
      [0.5, 0],
      [0.75, 0.75],
      [-Infinity, -Infinity],
      [Infinity, Infinity],
      [NaN, NaN],
    ]);
  });

  it('takes another threshold', () => {
    expectValues(
      (x) => hardShrink(x, { threshold: 0 }),
      [
        [-1, -1],
        [0.25, 0.25],
        [0, 0],
      ],
    );
  });

  it('refuses int32', () => {
    expect(() => hardShrink(zeros([2], 'int32') as never)).toThrow(
      'hardShrink: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
