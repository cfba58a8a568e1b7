import type { Layer, UpSamplingRule } from '@chainrule/layers-core';
import type { PerAxis1d } from '@chainrule/tensor';
import { upSamplingLayer, type UpSamplingOptions } from './upSamplingLayer.ts';

/**
 * Repeats every position along the spatial axes of `[batch, width, channels]`.
 *
 * @param options - as Keras' UpSampling1D
 * @throws OptionError for bad options; ShapeError for inputs of another rank
 * @example
 * upSampling1d().outputShape([[2, 5, 3]]); // => 2,10,3
 */
export function upSampling1d<const Times extends PerAxis1d = 2>(
  options: UpSamplingOptions<Times> = {},
): Layer<UpSamplingRule<1, Times, 'upSampling1d'>> {
  return upSamplingLayer('upSampling1d', 1, options);
}
