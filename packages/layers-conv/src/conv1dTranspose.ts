import type { ConvTransposeRule, Layer } from '@chainrule/layers-core';
import { conv1dTranspose as convolve, type Padding, type PerAxis1d } from '@chainrule/tensor';
import { convTransposeLayer, type ConvTransposeOptions, type IsPlain } from './convTransposeLayer.ts';

/** Options of {@link conv1dTranspose}. */
export type Conv1dTransposeOptions<
  F extends number = number,
  K extends PerAxis1d = PerAxis1d,
  S extends PerAxis1d = PerAxis1d,
  P extends Padding = Padding,
  D extends PerAxis1d = PerAxis1d,
  O extends PerAxis1d | undefined = PerAxis1d | undefined,
> = ConvTransposeOptions<F, K, S, P, D, O>;

/**
 * Transposed convolution, which enlarges by its strides: `[batch, width, channels]` to `[batch, width, filters]`.
 *
 * y = activation(xᵀ∗ kernel + bias) with kernel `[…kernelSize, filters, channels]`; the adjoint of `conv1d`
 *
 * @param options - as Keras' Conv1DTranspose
 * @throws OptionError for bad options; ShapeError for inputs of another rank, or where nothing is left
 * @example
 * conv1dTranspose({ filters: 8, kernelSize: 3, strides: 2, padding: 'same' }).outputShape([[32, 14, 4]]); // => 32,28,8
 */
export function conv1dTranspose<
  const F extends number,
  const K extends PerAxis1d,
  const S extends PerAxis1d = 1,
  const P extends Padding = 'valid',
  const D extends PerAxis1d = 1,
  const O extends PerAxis1d | undefined = undefined,
>(
  options: Conv1dTransposeOptions<F, K, S, P, D, O>,
): Layer<ConvTransposeRule<1, F, K, S, P, IsPlain<D, O>, 'conv1dTranspose'>> {
  return convTransposeLayer('conv1dTranspose', 1, (x, kernel, window) => convolve(x, kernel, window), options);
}
