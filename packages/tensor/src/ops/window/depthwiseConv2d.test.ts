import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { conv2d } from './conv2d.ts';
import { reshape } from '../layout/reshape.ts';
import { depthwiseConv2d } from './depthwiseConv2d.ts';

/** As JavaScript callers see it. */
const loose = depthwiseConv2d as unknown as (...args: readonly unknown[]) => Tensor;

describe('depthwiseConv2d', () => {
  it('keeps channels apart and puts the multiples of each together', () => {
    const x = tensor([1, 2], [1, 1, 1, 2]);
    expect(
      depthwiseConv2d(
        x,
        tensor([
          [
            [
              [1, 10],
              [100, 1000],
            ],
          ],
        ]),
      ).toArray(),
    ).toEqual([[[[1, 10, 200, 2000]]]]);
  });

  it('moves its window as conv2d does', () => {
    const x = tensor(
      [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ],
      undefined,
    );
    const image = reshape(x, [1, 3, 3, 1]);
    const kernel = tensor([1, 10, 100, 1000], [2, 2, 1, 1]);
    for (const options of [{}, { padding: 'same' }, { strides: 2 }, { dilations: 2 }] as const) {
      expect(depthwiseConv2d(image, kernel, options).data).toEqual(conv2d(image, kernel, options).data);
    }
  });

  it('takes empty batches and no channels', () => {
    expect(depthwiseConv2d(zeros([0, 3, 3, 2]), zeros([2, 2, 2, 3])).shape).toEqual([0, 2, 2, 6]);
    expect(loose(zeros([1, 3, 3, 0]), zeros([2, 2, 0, 3])).shape).toEqual([1, 2, 2, 0]);
  });

  it('refuses arguments that do not fit', () => {
    expect(() => loose(zeros([1, 3, 3, 2]), zeros([2, 2, 3, 1]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: depthwiseConv2d: \`kernel\` must have the 2 channels of \`x\` [1,3,3,2], got [2,2,3,1]]`,
    );
    expect(() => loose(zeros([3, 3, 2]), zeros([2, 2, 2, 1]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: depthwiseConv2d: \`x\` expects rank 4 [batch,height,width,channels], got [3,3,2]]`,
    );
    expect(() => loose(zeros([1, 3, 3, 2]), zeros([2, 2, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: depthwiseConv2d: \`kernel\` expects rank 4 [height,width,channels,multiplier], got [2,2,2]]`,
    );
    expect(() => loose(zeros([1, 3, 3, 2]), zeros([4, 4, 2, 1]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: depthwiseConv2d: window 4x4 is larger than the input [3,3]]`,
    );
  });
});
