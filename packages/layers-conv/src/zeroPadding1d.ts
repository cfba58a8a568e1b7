import type { Borders, Layer, ZeroPaddingRule } from '@chainrule/layers-core';
import { zeroPaddingLayer, type ZeroPaddingOptions } from './zeroPaddingLayer.ts';

/**
 * Zeros at both ends of the spatial axes of `[batch, width, channels]`.
 *
 * @param options - as Keras' ZeroPadding1D
 * @throws OptionError for bad options; ShapeError for inputs of another rank
 * @example
 * zeroPadding1d().outputShape([[2, 5, 3]]); // => 2,7,3
 */
export function zeroPadding1d<const B extends Borders<1> = 1>(
  options: ZeroPaddingOptions<B> = {},
): Layer<ZeroPaddingRule<1, B, 'zeroPadding1d'>> {
  return zeroPaddingLayer('zeroPadding1d', 1, options);
}
