import type { GlobalPoolRule, Layer } from '@chainrule/layers-core';
import { globalAveragePool } from '@chainrule/tensor';
import { globalPoolingLayer, type GlobalPoolingOptions } from './globalPoolingLayer.ts';

/**
 * The mean of each channel: `[batch, height, width, channels]` to `[batch, channels]`.
 *
 * @param options - as Keras' GlobalAveragePooling2D
 * @throws ShapeError for inputs of another rank
 * @example
 * globalAveragePool2d().outputShape([[32, 7, 7, 64]]); // => 32,64
 */
export function globalAveragePool2d<const Keep extends boolean = false>(
  options: GlobalPoolingOptions<Keep> = {},
): Layer<GlobalPoolRule<2, 'globalAveragePool2d', Keep>> {
  return globalPoolingLayer('globalAveragePool2d', 2, (x, keep) => globalAveragePool(x, keep), options);
}
