import { describe, expect, it } from 'vitest';
import { ones, zeros } from '../creation/creation.ts';
import { arange } from '../creation/sequences.ts';
import type { Tensor } from '../../array/tensor.ts';
import { reshape } from '../layout/reshape.ts';
import { conv3d } from './conv3d.ts';

/** As JavaScript callers see it. */
const loose = conv3d as unknown as (...args: readonly unknown[]) => Tensor;

describe('conv3d', () => {
  it('sums over boxes', () => {
    const x = reshape(arange(27), [1, 3, 3, 3, 1]);
    // The box at (0, 0, 0) holds 0, 1, 3, 4, 9, 10, 12, 13; a step along the axes adds 8 · 9, 8 · 3, 8 · 1.
    expect(conv3d(x, ones([2, 2, 2, 1, 1])).data.join()).toBe('52,60,76,84,124,132,148,156');
    expect(conv3d(x, ones([3, 3, 3, 1, 1])).item()).toBe(351);
    expect(conv3d(x, ones([1, 1, 1, 1, 2]), { strides: 2 }).shape).toEqual([1, 2, 2, 2, 2]);
    expect(conv3d(x, ones([3, 1, 1, 1, 1]), { padding: 'same' }).shape).toEqual([1, 3, 3, 3, 1]);
  });

  it('refuses images', () => {
    expect(() => loose(zeros([1, 4, 4, 1]), zeros([1, 1, 1, 1]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv3d: \`x\` expects rank 5 [batch,depth,height,width,channels], got [1,4,4,1]]`,
    );
    expect(() => loose(zeros([1, 4, 4, 4, 1]), zeros([1, 1, 1, 1]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv3d: \`kernel\` expects rank 5 [depth,height,width,in,out], got [1,1,1,1]]`,
    );
  });
});
