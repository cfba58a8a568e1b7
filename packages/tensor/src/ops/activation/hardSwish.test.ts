import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { hardSwish } from './hardSwish.ts';

describe('hardSwish', () => {
  it('is a parabola between −3 and 3, and keeps NaN', () => {
    expectValues(hardSwish, [
      [-1000, 0],
      [-3, 0],
      [-1.5, -0.375],
      [0, 0],
      [-0, -0],
      [1.5, 1.125],
      [3, 3],
      [1000, 1000],
      [Infinity, Infinity],
      [-Infinity, 0],
      [NaN, NaN],
    ]);
  });

  it('refuses int32', () => {
    expect(() => hardSwish(zeros([2], 'int32') as never)).toThrow(
      'hardSwish: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
