import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { arange } from '../creation/sequences.ts';
import type { Tensor } from '../../array/tensor.ts';
import { reshape } from '../layout/reshape.ts';
import { maxPool3d } from './maxPool3d.ts';

/** As JavaScript callers see it. */
const loose = maxPool3d as unknown as (...args: readonly unknown[]) => Tensor;

describe('maxPool3d', () => {
  it('takes the largest of each window', () => {
    const x = reshape(arange(8), [1, 2, 2, 2, 1]);
    expect(maxPool3d(x, { poolSize: 2 }).item()).toBe(7);
    expect(maxPool3d(x, { poolSize: [1, 2, 2] }).data.join()).toBe('3,7');
    expect(maxPool3d(x, { poolSize: 2, strides: 1, padding: 'same' }).shape).toEqual([1, 2, 2, 2, 1]);
    expect(maxPool3d(zeros([0, 2, 2, 2, 3]), { poolSize: 2 }).shape).toEqual([0, 1, 1, 1, 3]);
  });

  it('refuses arguments that do not fit', () => {
    expect(() => loose(zeros([1, 4, 4, 1]), { poolSize: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: maxPool3d: \`x\` expects rank 5 [batch,depth,height,width,channels], got [1,4,4,1]]`,
    );
    expect(() => loose(zeros([1, 2, 2, 2, 1]), { poolSize: [3, 1, 1] })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: maxPool3d: window 3x1x1 is larger than the input [2,2,2]]`,
    );
  });
});
