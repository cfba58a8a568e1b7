import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { hardSigmoid } from './hardSigmoid.ts';

describe('hardSigmoid', () => {
  it('is a line between −3 and 3, and keeps NaN', () => {
    expectValues(hardSigmoid, [
      [-1000, 0],
      [-3, 0],
      [-1.5, 0.25],
      [0, 0.5],
      [-0, 0.5],
      [1.5, 0.75],
      [3, 1],
      [1000, 1],
      [Infinity, 1],
      [-Infinity, 0],
      [NaN, NaN],
    ]);
  });

  it('refuses int32', () => {
    expect(() => hardSigmoid(zeros([2], 'int32') as never)).toThrow(
      'hardSigmoid: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
