import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { softShrink } from './softShrink.ts';

describe('softShrink', () => {
  it('gives the values of its formula with the threshold 0.5', () => {
    expectValues(softShrink, [
      [-2, -1.5],
      [-0.5, 0],
      [-0.25, 0],
      [0, 0],
      [0.5, 0],
      [0.75, 0.25],
      [-Infinity, -Infinity],
      [Infinity, Infinity],
      [NaN, NaN],
    ]);
  });

  it('takes another threshold', () => {
    expectValues(
      (x) => softShrink(x, { threshold: 0 }),
      [
        [-1, -1],
        [0.25, 0.25],
        [0, 0],
      ],
    );
  });

  it('refuses int32', () => {
    expect(() => softShrink(zeros([2], 'int32') as never)).toThrow(
      'softShrink: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
