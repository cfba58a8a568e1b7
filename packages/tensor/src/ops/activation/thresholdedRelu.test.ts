import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { thresholdedRelu } from './thresholdedRelu.ts';

describe('thresholdedRelu', () => {
  it('gives the values of its formula with the threshold 1', () => {
    expectValues(thresholdedRelu, [
      [-2, 0],
      [0.5, 0],
      [1, 0],
      [1.5, 1.5],
      [40, 40],
      [-Infinity, 0],
      [Infinity, Infinity],
      [NaN, NaN],
    ]);
  });

  it('takes another threshold', () => {
    expectValues(
      (x) => thresholdedRelu(x, { threshold: 0 }),
      [
        [-1, 0],
        [0.25, 0.25],
        [0, 0],
      ],
    );
  });

  it('refuses int32', () => {
    expect(() => thresholdedRelu(zeros([2], 'int32') as never)).toThrow(
      'thresholdedRelu: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
