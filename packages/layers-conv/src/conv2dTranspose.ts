import type { ConvTransposeRule, Layer } from '@chainrule/layers-core';
import { conv2dTranspose as convolve, type Padding, type PerAxis2d } from '@chainrule/tensor';
import { convTransposeLayer, type ConvTransposeOptions, type IsPlain } from './convTransposeLayer.ts';

/** Options of {@link conv2dTranspose}. */
export type Conv2dTransposeOptions<
  F extends number = number,
  K extends PerAxis2d = PerAxis2d,
  S extends PerAxis2d = PerAxis2d,
  P extends Padding = Padding,
  D extends PerAxis2d = PerAxis2d,
  O extends PerAxis2d | undefined = PerAxis2d | undefined,
> = ConvTransposeOptions<F, K, S, P, D, O>;

/**
 * Transposed convolution, which enlarges by its strides: `[batch, height, width, channels]` to `[batch, height, width, filters]`.
 *
 * y = activation(xᵀ∗ kernel + bias) with kernel `[…kernelSize, filters, channels]`; the adjoint of `conv2d`
 *
 * @param options - as Keras' Conv2DTranspose
 * @throws OptionError for bad options; ShapeError for inputs of another rank, or where nothing is left
 * @example
 * conv2dTranspose({ filters: 8, kernelSize: 3, strides: 2, padding: 'same' }).outputShape([[32, 14, 14, 4]]); // => 32,28,28,8
 */
export function conv2dTranspose<
  const F extends number,
  const K extends PerAxis2d,
  const S extends PerAxis2d = 1,
  const P extends Padding = 'valid',
  const D extends PerAxis2d = 1,
  const O extends PerAxis2d | undefined = undefined,
>(
  options: Conv2dTransposeOptions<F, K, S, P, D, O>,
): Layer<ConvTransposeRule<2, F, K, S, P, IsPlain<D, O>, 'conv2dTranspose'>> {
  return convTransposeLayer('conv2dTranspose', 2, (x, kernel, window) => convolve(x, kernel, window), options);
}
