import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { conv2dTranspose } from './conv2dTranspose.ts';

/** As JavaScript callers see it. */
const loose = conv2dTranspose as unknown as (...args: readonly unknown[]) => Tensor;

describe('conv2dTranspose', () => {
  it('adds a scaled kernel at each stride', () => {
    const x = tensor([1, 2, 3, 4], [1, 2, 2, 1]);
    const kernel = tensor([1, 10, 100, 1000], [2, 2, 1, 1]);
    expect(conv2dTranspose(x, kernel, { strides: 2 }).data.join()).toBe(
      '1,10,2,20,100,1000,200,2000,3,30,4,40,300,3000,400,4000',
    );
    expect(conv2dTranspose(x, kernel).data.join()).toBe('1,12,20,103,1234,2040,300,3400,4000');
    expect(conv2dTranspose(x, kernel, { padding: 'same' }).data.join()).toBe('1,12,103,1234');
  });

  it('has its kernel as Keras has: filters before channels', () => {
    expect(
      conv2dTranspose(tensor([1, 2], [1, 1, 1, 2]), tensor([1, 10, 100, 1000, 3, 5], [1, 1, 3, 2])).toArray(),
    ).toEqual([[[[21, 2100, 13]]]]);
  });

  it('takes a stride and a padding for each axis', () => {
    expect(conv2dTranspose(zeros([2, 4, 4, 3]), zeros([3, 3, 2, 3]), { strides: 2 }).shape).toEqual([2, 9, 9, 2]);
    expect(
      conv2dTranspose(zeros([2, 4, 4, 3]), zeros([3, 3, 2, 3]), { strides: [2, 1], padding: 'same' }).shape,
    ).toEqual([2, 8, 4, 2]);
    expect(
      conv2dTranspose(zeros([2, 4, 4, 3]), zeros([3, 3, 2, 3]), {
        strides: 2,
        padding: [
          [1, 1],
          [0, 1],
        ],
        outputPadding: [1, 0],
      }).shape,
    ).toEqual([2, 8, 8, 2]);
    expect(conv2dTranspose(zeros([0, 4, 4, 3]), zeros([3, 3, 2, 3])).shape).toEqual([0, 6, 6, 2]);
  });

  it('refuses arguments that do not fit', () => {
    expect(() => loose(zeros([4, 4, 3]), zeros([3, 3, 2, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv2dTranspose: \`x\` expects rank 4 [batch,height,width,channels], got [4,4,3]]`,
    );
    expect(() => loose(zeros([1, 4, 4, 3]), zeros([3, 3, 3, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv2dTranspose: \`kernel\` must have the 3 channels of \`x\` [1,4,4,3] last, got [3,3,3,2]]`,
    );
    expect(() =>
      loose(zeros([1, 4, 4, 3]), zeros([3, 3, 2, 3]), { strides: 2, outputPadding: [1, 2] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv2dTranspose: \`outputPadding\` must be an integer of at least 0 below the strides [2,2], or 2 of them, got [1,2]]`,
    );
    expect(() =>
      loose(zeros([1, 4, 4, 3]), zeros([3, 3, 2, 3]), { padding: 'causal' }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv2dTranspose: \`padding\` must be "valid", "same", "full" or 2 pairs of integers of at least 0, got "causal"]`,
    );
  });
});
