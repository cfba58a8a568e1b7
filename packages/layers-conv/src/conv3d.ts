import type { Conv3dRule, Layer } from '@chainrule/layers-core';
import { conv3d as convolve, type Padding, type PerAxis3d } from '@chainrule/tensor';
import { type ConvolutionOptions, convolutionLayer } from './convolutionLayer.ts';

/** Options of {@link conv3d}. */
export type Conv3dOptions<
  F extends number = number,
  K extends PerAxis3d = PerAxis3d,
  S extends PerAxis3d = PerAxis3d,
  P extends Padding = Padding,
  D extends PerAxis3d = PerAxis3d,
> = ConvolutionOptions<F, K, S, P, D>;

/**
 * Convolution over volumes or films: `[batch, depth, height, width, channels]` to `[batch, depth, height, width, filters]`.
 *
 * y = activation(x ∗ kernel + bias) with kernel `[…kernelSize, channels / groups, filters]`
 *
 * @param options - as Keras' Conv3D
 * @throws OptionError for bad options; ShapeError for inputs of another rank, or a window larger than they are
 * @example
 * conv3d({ filters: 8, kernelSize: 3 }).outputShape([[2, 16, 16, 16, 1]]); // => 2,14,14,14,8
 */
export function conv3d<
  const F extends number,
  const K extends PerAxis3d,
  const S extends PerAxis3d = 1,
  const P extends Padding = 'valid',
  const D extends PerAxis3d = 1,
>(options: Conv3dOptions<F, K, S, P, D>): Layer<Conv3dRule<F, K, S, P, D>> {
  return convolutionLayer('conv3d', 3, (x, kernel, window) => convolve(x, kernel, window), options);
}
