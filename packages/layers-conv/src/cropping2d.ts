import type { Borders, CroppingRule, Layer } from '@chainrule/layers-core';
import { croppingLayer, type CroppingOptions } from './croppingLayer.ts';

/**
 * Cuts off both ends of the spatial axes of `[batch, height, width, channels]`.
 *
 * @param options - as Keras' Cropping2D; `cropping` is 0 by default
 * @throws OptionError for bad options; ShapeError for inputs of another rank, or where nothing is left
 * @example
 * cropping2d({ cropping: 1 }).outputShape([[2, 5, 6, 3]]); // => 2,3,4,3
 */
export function cropping2d<const B extends Borders<2> = 0>(
  options: CroppingOptions<B> = {},
): Layer<CroppingRule<2, B, 'cropping2d'>> {
  return croppingLayer('cropping2d', 2, 0, options);
}
