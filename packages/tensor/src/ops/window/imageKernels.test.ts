import { describe, expect, it } from 'vitest';
import type { Tensor } from '../../array/tensor.ts';
import { tensor } from '../creation/creation.ts';
import { filterImage } from './filterImage.ts';
import {
  boxBlurKernel,
  edgeKernel,
  gaussianBlurKernel,
  identityKernel,
  sharpenKernel,
  sobelKernels,
} from './imageKernels.ts';

describe('image kernels', () => {
  const total = (kernel: Tensor): number => [...kernel.data].reduce((sum, v) => sum + v, 0);

  it('have the shape [height, width, 1, 1]', () => {
    expect([
      identityKernel().shape,
      boxBlurKernel(5).shape,
      gaussianBlurKernel(7, 2).shape,
      sobelKernels().y.shape,
    ]).toEqual([
      [3, 3, 1, 1],
      [5, 5, 1, 1],
      [7, 7, 1, 1],
      [3, 3, 1, 1],
    ]);
  });

  it('keep the brightness, or take it away', () => {
    for (const kernel of [
      identityKernel(),
      boxBlurKernel(),
      boxBlurKernel(4),
      gaussianBlurKernel(),
      gaussianBlurKernel(4, 0.8),
      sharpenKernel(),
    ])
      expect(total(kernel)).toBeCloseTo(1, 6);
    for (const kernel of [edgeKernel(), sobelKernels().x, sobelKernels().y]) expect(total(kernel)).toBe(0);
  });

  it('fall off as a normal distribution', () => {
    const [corner, edge, middle] = [0, 1, 4].map((i) => gaussianBlurKernel(3, 1).data[i]!) as [number, number, number];
    expect(edge / middle).toBeCloseTo(Math.exp(-0.5), 6);
    expect(corner / middle).toBeCloseTo(Math.exp(-1), 6);
  });

  it.each([
    [1, [1]],
    [2, [1, 1]],
    [3, [1, 2, 1]],
    [5, [1, 4, 6, 4, 1]],
  ] as const)('are outer products of binomial coefficients: %i', (size, row) => {
    const kernel = gaussianBlurKernel(size, 'binomial');
    expect([...kernel.data].map((v) => v * 4 ** (size - 1))).toEqual(row.flatMap((u) => row.map((v) => u * v)));
  });

  it('with binomial coefficients stay finite for large sizes', () => {
    expect(total(gaussianBlurKernel(1201, 'binomial'))).toBeCloseTo(1, 4);
  });

  it('of Sobel are positive where images become lighter to the right and downward', () => {
    const image = tensor([0, 1, 2, 10, 11, 12, 20, 21, 22], [1, 3, 3, 1]);
    const { x, y } = sobelKernels();
    // (1 + 2 + 1) · 2 of the columns' slope 1 per pixel, and of the rows' slope 10.
    expect([x, y].map((kernel) => filterImage(image, kernel, { padding: 'valid' }).item())).toEqual([8, 80]);
  });

  it('refuse invalid sizes', () => {
    expect(() => boxBlurKernel(0)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: boxBlurKernel: \`size\` must be an integer from 1 to 4096, got 0]`,
    );
    expect(() => gaussianBlurKernel(2.5)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: gaussianBlurKernel: \`size\` must be an integer from 1 to 4096, got 2.5]`,
    );
    expect(() => gaussianBlurKernel(3, 0)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: gaussianBlurKernel: \`sigma\` must be above 0, got 0]`,
    );
  });
});
