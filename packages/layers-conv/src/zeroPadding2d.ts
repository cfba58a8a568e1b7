import type { Borders, Layer, ZeroPaddingRule } from '@chainrule/layers-core';
import { zeroPaddingLayer, type ZeroPaddingOptions } from './zeroPaddingLayer.ts';

/**
 * Zeros at both ends of the spatial axes of `[batch, height, width, channels]`.
 *
 * @param options - as Keras' ZeroPadding2D
 * @throws OptionError for bad options; ShapeError for inputs of another rank
 * @example
 * zeroPadding2d().outputShape([[2, 5, 6, 3]]); // => 2,7,8,3
 */
export function zeroPadding2d<const B extends Borders<2> = 1>(
  options: ZeroPaddingOptions<B> = {},
): Layer<ZeroPaddingRule<2, B, 'zeroPadding2d'>> {
  return zeroPaddingLayer('zeroPadding2d', 2, options);
}
