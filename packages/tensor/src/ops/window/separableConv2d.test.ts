import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { separableConv2d } from './separableConv2d.ts';

/** As JavaScript callers see it. */
const loose = separableConv2d as unknown as (...args: readonly unknown[]) => Tensor;

describe('separableConv2d', () => {
  it('is a depthwise convolution and one of single pixels', () => {
    const x = tensor([1, 2, 3, 4], [1, 1, 2, 2]);
    // Depthwise: channels (1 + 3) · 1 and (2 + 4) · 10; then their difference.
    expect(separableConv2d(x, tensor([1, 10, 1, 10], [1, 2, 2, 1]), tensor([1, -1], [1, 1, 2, 1])).toArray()).toEqual([
      [[[-56]]],
    ]);
  });

  it('refuses arguments that do not fit', () => {
    expect(() =>
      loose(zeros([1, 3, 3, 2]), zeros([2, 2, 2, 2]), zeros([2, 1, 4, 3])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: separableConv2d: \`pointwise\` expects [1,1,in,out], got [2,1,4,3]]`,
    );
    expect(() =>
      loose(zeros([1, 3, 3, 2]), zeros([2, 2, 2, 2]), zeros([1, 1, 2, 3])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: separableConv2d: \`kernel\` must have 4 input channels to match \`x\` [1,2,2,4], got [1,1,2,3]]`,
    );
    expect(() =>
      loose(zeros([1, 3, 3, 2]), zeros([2, 2, 1, 2]), zeros([1, 1, 2, 3])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: separableConv2d: \`kernel\` must have the 2 channels of \`x\` [1,3,3,2], got [2,2,1,2]]`,
    );
  });
});
