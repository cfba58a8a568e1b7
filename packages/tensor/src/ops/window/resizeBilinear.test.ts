import { describe, expect, it } from 'vitest';
import { full, tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { resizeBilinear } from './resizeBilinear.ts';

/** As JavaScript callers see it. */
const loose = resizeBilinear as unknown as (...args: readonly unknown[]) => Tensor;

describe('resizeBilinear', () => {
  it('draws lines between the centers of pixels and repeats the border', () => {
    expect(resizeBilinear(tensor([0, 4], [1, 1, 2, 1]), [1, 4]).data.join()).toBe('0,1,3,4');
    resizeBilinear(tensor([0, 6], [1, 2, 1, 1], 'float64'), [6, 1]).data.forEach((v, i) =>
      expect(v).toBeCloseTo([0, 0, 2, 4, 6, 6][i]!, 12),
    );
    const x = tensor([1, 2, 3, 4], [1, 2, 2, 1]);
    expect(resizeBilinear(x, [4, 4]).data.join()).toBe(
      '1,1.25,1.75,2,1.5,1.75,2.25,2.5,2.5,2.75,3.25,3.5,3,3.25,3.75,4',
    );
  });

  it('reads between two pixels where it halves, without averaging more', () => {
    expect(resizeBilinear(tensor([1, 2, 3, 8], [1, 1, 4, 1]), [1, 2]).data.join()).toBe('1.5,5.5');
    expect(resizeBilinear(tensor([0, 9, 9, 1, 9, 9], [1, 1, 6, 1]), [1, 2]).data.join()).toBe('9,9');
  });

  it('keeps a constant exactly', () => {
    const y = resizeBilinear(full([1, 3, 3, 1], 0.1), [7, 5]);
    expect([...y.data].every((v) => v === Math.fround(0.1))).toBe(true);
  });

  it('keeps images of the same size, and takes empty batches', () => {
    expect([
      resizeBilinear(tensor([5], [1, 1, 1, 1]), [1, 1]).item(),
      resizeBilinear(zeros([0, 2, 2, 3]), [4, 5]).shape,
    ]).toEqual([5, [0, 4, 5, 3]]);
  });

  it('refuses arguments that are not images or sizes', () => {
    expect(() => loose(zeros([2, 2, 1]), [4, 4])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: resizeBilinear: \`x\` expects rank 4 [batch,height,width,channels], got [2,2,1]]`,
    );
    expect(() => loose(zeros([1, 2, 2, 1]), [4])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: resizeBilinear: \`size\` must be two positive integers [height, width], got [4]]`,
    );
    expect(() => loose(zeros([1, 2, 2, 1]), [0, 4])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: resizeBilinear: \`size\` must be two positive integers [height, width], got [0,4]]`,
    );
    expect(() => loose(zeros([1, 0, 2, 1]), [4, 4])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: resizeBilinear: \`x\` must have pixels, got [1,0,2,1]]`,
    );
    expect(() => loose(zeros([1, 2, 2, 1], 'int32'), [4, 4])).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: resizeBilinear: expects float32 or float64, got int32; convert it with \`cast\`]`,
    );
  });
});
