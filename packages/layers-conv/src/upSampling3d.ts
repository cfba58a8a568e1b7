import type { Layer, UpSamplingRule } from '@chainrule/layers-core';
import type { PerAxis3d } from '@chainrule/tensor';
import { upSamplingLayer, type UpSamplingOptions } from './upSamplingLayer.ts';

/**
 * Repeats every position along the spatial axes of `[batch, depth, height, width, channels]`.
 *
 * @param options - as Keras' UpSampling3D
 * @throws OptionError for bad options; ShapeError for inputs of another rank
 * @example
 * upSampling3d().outputShape([[2, 4, 5, 6, 3]]); // => 2,8,10,12,3
 */
export function upSampling3d<const Times extends PerAxis3d = 2>(
  options: UpSamplingOptions<Times> = {},
): Layer<UpSamplingRule<3, Times, 'upSampling3d'>> {
  return upSamplingLayer('upSampling3d', 3, options);
}
