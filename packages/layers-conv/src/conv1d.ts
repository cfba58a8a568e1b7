import type { Conv1dRule, Layer } from '@chainrule/layers-core';
import { conv1d as convolve, type Padding, type PerAxis1d } from '@chainrule/tensor';
import { type ConvolutionOptions, convolutionLayer } from './convolutionLayer.ts';

/** Options of {@link conv1d}. */
export type Conv1dOptions<
  F extends number = number,
  K extends PerAxis1d = PerAxis1d,
  S extends PerAxis1d = PerAxis1d,
  P extends Padding | 'causal' = Padding | 'causal',
  D extends PerAxis1d = PerAxis1d,
> = ConvolutionOptions<F, K, S, P, D>;

/**
 * Convolution over sequences or other rows: `[batch, width, channels]` to `[batch, width, filters]`.
 *
 * y = activation(x ∗ kernel + bias) with kernel `[…kernelSize, channels / groups, filters]`
 * Padding 'causal' is all before, so that no output sees what comes after it (van den Oord et al. 2016).
 *
 * @param options - as Keras' Conv1D
 * @throws OptionError for bad options; ShapeError for inputs of another rank, or a window larger than they are
 * @example
 * conv1d({ filters: 28, kernelSize: 3, padding: 'causal' }).outputShape([[32, 100, 4]]); // => 32,100,28
 */
export function conv1d<
  const F extends number,
  const K extends PerAxis1d,
  const S extends PerAxis1d = 1,
  const P extends Padding | 'causal' = 'valid',
  const D extends PerAxis1d = 1,
>(options: Conv1dOptions<F, K, S, P, D>): Layer<Conv1dRule<F, K, S, P, D>> {
  return convolutionLayer('conv1d', 1, (x, kernel, window) => convolve(x, kernel, window), options);
}
