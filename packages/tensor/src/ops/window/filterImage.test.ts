import { describe, expect, it } from 'vitest';
import { full, ones, tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { boxBlurKernel, identityKernel, sobelKernels } from './imageKernels.ts';
import { filterImage } from './filterImage.ts';

/** As JavaScript callers see it. */
const loose = filterImage as unknown as (...args: readonly unknown[]) => Tensor;

describe('filterImage', () => {
  it('applies one kernel to every channel', () => {
    const x = tensor([1, 10, 2, 20, 3, 30, 4, 40], [1, 2, 2, 2]);
    expect(filterImage(x, identityKernel()).data).toEqual(x.data);
    expect(filterImage(x, boxBlurKernel(2), { padding: 'valid' }).toArray()).toEqual([[[[2.5, 25]]]]);
  });

  it('finds a slope to the right and one down', () => {
    const x = tensor([0, 1, 2, 10, 11, 12, 20, 21, 22], [1, 3, 3, 1]);
    const slope = (kernel: Tensor<[3, 3, 1, 1], 'float32'>): number =>
      filterImage(x, kernel, { padding: 'valid' }).item();
    expect([slope(sobelKernels().x), slope(sobelKernels().y)]).toEqual([8, 80]);
  });

  it('keeps the size by default, with zeros around', () => {
    expect(filterImage(ones([1, 3, 3, 1]), full([3, 3, 1, 1], 1)).data.join()).toBe('4,6,4,6,9,6,4,6,4');
  });

  it('refuses arguments that do not fit', () => {
    expect(() => loose(zeros([3, 3, 1]), identityKernel())).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: filterImage: \`x\` expects rank 4 [batch,height,width,channels], got [3,3,1]]`,
    );
    expect(() => loose(zeros([1, 3, 3, 2]), zeros([3, 3, 2, 1]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: filterImage: \`kernel\` expects [height,width,1,1], got [3,3,2,1]]`,
    );
    expect(() => loose(zeros([1, 3, 3, 2], 'float64'), identityKernel())).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: filterImage: expects one dtype, got float64 and float32; convert one with \`cast\`]`,
    );
  });
});
