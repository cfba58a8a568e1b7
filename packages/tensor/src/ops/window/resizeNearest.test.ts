import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { resizeNearest } from './resizeNearest.ts';

/** As JavaScript callers see it. */
const loose = resizeNearest as unknown as (...args: readonly unknown[]) => Tensor;

describe('resizeNearest', () => {
  it('repeats pixels at whole multiples', () => {
    const x = tensor([1, 2, 3, 4], [1, 2, 2, 1]);
    expect(resizeNearest(x, [4, 4]).data.join()).toBe('1,1,2,2,1,1,2,2,3,3,4,4,3,3,4,4');
    expect(resizeNearest(x, [2, 6]).data.join()).toBe('1,1,1,2,2,2,3,3,3,4,4,4');
  });

  it('takes the pixel under each center otherwise', () => {
    // ⌊(i + ½) · 5 / 3⌋ and ⌊(i + ½) · 2 / 3⌋
    expect(resizeNearest(tensor([0, 1, 2, 3, 4], [1, 1, 5, 1]), [1, 3]).data.join()).toBe('0,2,4');
    expect(resizeNearest(tensor([0, 1], [1, 2, 1, 1]), [3, 1]).data.join()).toBe('0,1,1');
    expect(resizeNearest(tensor([1, 2], [1, 1, 1, 2], 'int32'), [2, 1]).data.join()).toBe('1,2,1,2');
  });

  it('keeps images of the same size, and takes empty batches', () => {
    expect([
      resizeNearest(tensor([5], [1, 1, 1, 1]), [1, 1]).item(),
      resizeNearest(zeros([0, 2, 2, 3]), [4, 5]).shape,
    ]).toEqual([5, [0, 4, 5, 3]]);
  });

  it('refuses arguments that are not images or sizes', () => {
    expect(() => loose(zeros([2, 2, 1]), [4, 4])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: resizeNearest: \`x\` expects rank 4 [batch,height,width,channels], got [2,2,1]]`,
    );
    expect(() => loose(zeros([1, 2, 2, 1]), [4])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: resizeNearest: \`size\` must be two positive integers [height, width], got [4]]`,
    );
    expect(() => loose(zeros([1, 2, 2, 1]), [0, 4])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: resizeNearest: \`size\` must be two positive integers [height, width], got [0,4]]`,
    );
    expect(() => loose(zeros([1, 0, 2, 1]), [4, 4])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: resizeNearest: \`x\` must have pixels, got [1,0,2,1]]`,
    );
  });
});
