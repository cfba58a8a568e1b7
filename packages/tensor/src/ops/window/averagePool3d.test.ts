import { describe, expect, it } from 'vitest';
import { ones, zeros } from '../creation/creation.ts';
import { arange } from '../creation/sequences.ts';
import type { Tensor } from '../../array/tensor.ts';
import { reshape } from '../layout/reshape.ts';
import { averagePool3d } from './averagePool3d.ts';

/** As JavaScript callers see it. */
const loose = averagePool3d as unknown as (...args: readonly unknown[]) => Tensor;

describe('averagePool3d', () => {
  it('takes the mean of each window', () => {
    const x = reshape(arange(8), [1, 2, 2, 2, 1]);
    expect(averagePool3d(x, { poolSize: 2 }).item()).toBe(3.5);
    expect(averagePool3d(x, { poolSize: [1, 2, 2] }).data.join()).toBe('1.5,5.5');
    expect(averagePool3d(x, { poolSize: 2, strides: 1, padding: 'same' }).shape).toEqual([1, 2, 2, 2, 1]);
    expect(averagePool3d(zeros([0, 2, 2, 2, 3]), { poolSize: 2 }).shape).toEqual([0, 1, 1, 1, 3]);
    expect(averagePool3d(ones([1, 1, 1, 1, 1]), { poolSize: 2, padding: 'same', countIncludePad: true }).item()).toBe(
      0.125,
    );
  });

  it('refuses arguments that do not fit', () => {
    expect(() => loose(zeros([1, 4, 4, 1]), { poolSize: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: averagePool3d: \`x\` expects rank 5 [batch,depth,height,width,channels], got [1,4,4,1]]`,
    );
    expect(() => loose(zeros([1, 2, 2, 2, 1]), { poolSize: [3, 1, 1] })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: averagePool3d: window 3x1x1 is larger than the input [2,2,2]]`,
    );
  });
});
