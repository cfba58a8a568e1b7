import type { GlobalPoolRule, Layer } from '@chainrule/layers-core';
import { globalMaxPool } from '@chainrule/tensor';
import { globalPoolingLayer, type GlobalPoolingOptions } from './globalPoolingLayer.ts';

/**
 * The largest element of each channel: `[batch, width, channels]` to `[batch, channels]`.
 *
 * @param options - as Keras' GlobalMaxPooling1D
 * @throws ShapeError for inputs of another rank
 * @example
 * globalMaxPool1d().outputShape([[32, 26, 28]]); // => 32,28
 */
export function globalMaxPool1d<const Keep extends boolean = false>(
  options: GlobalPoolingOptions<Keep> = {},
): Layer<GlobalPoolRule<1, 'globalMaxPool1d', Keep>> {
  return globalPoolingLayer('globalMaxPool1d', 1, (x, keep) => globalMaxPool(x, keep), options);
}
