import type { GlobalPoolRule, Layer } from '@chainrule/layers-core';
import { globalMaxPool } from '@chainrule/tensor';
import { globalPoolingLayer, type GlobalPoolingOptions } from './globalPoolingLayer.ts';

/**
 * The largest element of each channel: `[batch, height, width, channels]` to `[batch, channels]`.
 *
 * @param options - as Keras' GlobalMaxPooling2D
 * @throws ShapeError for inputs of another rank
 * @example
 * globalMaxPool2d().outputShape([[32, 7, 7, 64]]); // => 32,64
 */
export function globalMaxPool2d<const Keep extends boolean = false>(
  options: GlobalPoolingOptions<Keep> = {},
): Layer<GlobalPoolRule<2, 'globalMaxPool2d', Keep>> {
  return globalPoolingLayer('globalMaxPool2d', 2, (x, keep) => globalMaxPool(x, keep), options);
}
