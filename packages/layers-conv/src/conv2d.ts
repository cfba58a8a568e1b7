import type { Conv2dRule, Layer } from '@chainrule/layers-core';
import { conv2d as convolve, type Padding, type PerAxis2d } from '@chainrule/tensor';
import { type ConvolutionOptions, convolutionLayer } from './convolutionLayer.ts';

/** Options of {@link conv2d}. */
export type Conv2dOptions<
  F extends number = number,
  K extends PerAxis2d = PerAxis2d,
  S extends PerAxis2d = PerAxis2d,
  P extends Padding = Padding,
  D extends PerAxis2d = PerAxis2d,
> = ConvolutionOptions<F, K, S, P, D>;

/**
 * Convolution over images: `[batch, height, width, channels]` to `[batch, height, width, filters]`.
 *
 * y = activation(x ∗ kernel + bias) with kernel `[…kernelSize, channels / groups, filters]`
 *
 * @param options - as Keras' Conv2D
 * @throws OptionError for bad options; ShapeError for inputs of another rank, or a window larger than they are
 * @example
 * conv2d({ filters: 28, kernelSize: 3 }).outputShape([[32, 28, 28, 1]]); // => 32,26,26,28
 */
export function conv2d<
  const F extends number,
  const K extends PerAxis2d,
  const S extends PerAxis2d = 1,
  const P extends Padding = 'valid',
  const D extends PerAxis2d = 1,
>(options: Conv2dOptions<F, K, S, P, D>): Layer<Conv2dRule<F, K, S, P, D>> {
  return convolutionLayer('conv2d', 2, (x, kernel, window) => convolve(x, kernel, window), options);
}
