import type { Borders, CroppingRule, Layer } from '@chainrule/layers-core';
import { croppingLayer, type CroppingOptions } from './croppingLayer.ts';

/**
 * Cuts off both ends of the spatial axes of `[batch, width, channels]`.
 *
 * @param options - as Keras' Cropping1D; `cropping` is 1 by default
 * @throws OptionError for bad options; ShapeError for inputs of another rank, or where nothing is left
 * @example
 * cropping1d().outputShape([[2, 5, 3]]); // => 2,3,3
 */
export function cropping1d<const B extends Borders<1> = 1>(
  options: CroppingOptions<B> = {},
): Layer<CroppingRule<1, B, 'cropping1d'>> {
  return croppingLayer('cropping1d', 1, 1, options);
}
