import type { GlobalPoolRule, Layer } from '@chainrule/layers-core';
import { globalAveragePool } from '@chainrule/tensor';
import { globalPoolingLayer, type GlobalPoolingOptions } from './globalPoolingLayer.ts';

/**
 * The mean of each channel: `[batch, depth, height, width, channels]` to `[batch, channels]`.
 *
 * @param options - as Keras' GlobalAveragePooling3D
 * @throws ShapeError for inputs of another rank
 * @example
 * globalAveragePool3d().outputShape([[2, 8, 8, 8, 4]]); // => 2,4
 */
export function globalAveragePool3d<const Keep extends boolean = false>(
  options: GlobalPoolingOptions<Keep> = {},
): Layer<GlobalPoolRule<3, 'globalAveragePool3d', Keep>> {
  return globalPoolingLayer('globalAveragePool3d', 3, (x, keep) => globalAveragePool(x, keep), options);
}
