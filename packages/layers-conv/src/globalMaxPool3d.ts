import type { GlobalPoolRule, Layer } from '@chainrule/layers-core';
import { globalMaxPool } from '@chainrule/tensor';
import { globalPoolingLayer, type GlobalPoolingOptions } from './globalPoolingLayer.ts';

/**
 * The largest element of each channel: `[batch, depth, height, width, channels]` to `[batch, channels]`.
 *
 * @param options - as Keras' GlobalMaxPooling3D
 * @throws ShapeError for inputs of another rank
 * @example
 * globalMaxPool3d().outputShape([[2, 8, 8, 8, 4]]); // => 2,4
 */
export function globalMaxPool3d<const Keep extends boolean = false>(
  options: GlobalPoolingOptions<Keep> = {},
): Layer<GlobalPoolRule<3, 'globalMaxPool3d', Keep>> {
  return globalPoolingLayer('globalMaxPool3d', 3, (x, keep) => globalMaxPool(x, keep), options);
}
