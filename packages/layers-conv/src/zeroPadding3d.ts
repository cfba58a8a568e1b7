import type { Borders, Layer, ZeroPaddingRule } from '@chainrule/layers-core';
import { zeroPaddingLayer, type ZeroPaddingOptions } from './zeroPaddingLayer.ts';

/**
 * Zeros at both ends of the spatial axes of `[batch, depth, height, width, channels]`.
 *
 * @param options - as Keras' ZeroPadding3D
 * @throws OptionError for bad options; ShapeError for inputs of another rank
 * @example
 * zeroPadding3d().outputShape([[2, 4, 5, 6, 3]]); // => 2,6,7,8,3
 */
export function zeroPadding3d<const B extends Borders<3> = 1>(
  options: ZeroPaddingOptions<B> = {},
): Layer<ZeroPaddingRule<3, B, 'zeroPadding3d'>> {
  return zeroPaddingLayer('zeroPadding3d', 3, options);
}
