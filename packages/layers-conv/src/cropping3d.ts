import type { Borders, CroppingRule, Layer } from '@chainrule/layers-core';
import { croppingLayer, type CroppingOptions } from './croppingLayer.ts';

/**
 * Cuts off both ends of the spatial axes of `[batch, depth, height, width, channels]`.
 *
 * @param options - as Keras' Cropping3D; `cropping` is 1 by default
 * @throws OptionError for bad options; ShapeError for inputs of another rank, or where nothing is left
 * @example
 * cropping3d().outputShape([[2, 4, 5, 6, 3]]); // => 2,2,3,4,3
 */
export function cropping3d<const B extends Borders<3> = 1>(
  options: CroppingOptions<B> = {},
): Layer<CroppingRule<3, B, 'cropping3d'>> {
  return croppingLayer('cropping3d', 3, 1, options);
}
