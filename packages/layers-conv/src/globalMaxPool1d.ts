import type { GlobalPoolRule, Layer } from '@chainrule/layers-core';
import { any, expandDims, globalMaxPool, map, scalar as e, type Tensor } from '@chainrule/tensor';
import { globalPoolingLayer, type GlobalPoolingOptions } from './globalPoolingLayer.ts';

/**
 * The largest element of each channel: `[batch, width, channels]` to `[batch, channels]`. Where the input has a mask, the
 * largest of the steps that count, and 0 where none does; Keras' layer does not look at masks.
 *
 * @param options - as Keras' GlobalMaxPooling1D
 * @throws ShapeError for inputs of another rank
 * @example
 * globalMaxPool1d().outputShape([[32, 26, 28]]); // => 32,28
 */
export function globalMaxPool1d<const Keep extends boolean = false>(
  options: GlobalPoolingOptions<Keep> = {},
): Layer<GlobalPoolRule<1, 'globalMaxPool1d', Keep>> {
  return globalPoolingLayer(
    'globalMaxPool1d',
    1,
    (x, keep, mask) => (mask ? maskedMax(x, mask, keep) : globalMaxPool(x, keep)),
    options,
  );
}

function maskedMax(x: Tensor, mask: Tensor, keep: { readonly keepDims: boolean }): Tensor {
  const counts: Tensor = expandDims(mask, -1);
  const largest = globalMaxPool(
    map((v, m) => e.select(m, v, -Infinity), [x, counts]),
    keep,
  );
  return map((v, some) => e.select(some, v, 0), [largest, any(counts, { axis: 1, keepDims: keep.keepDims })]);
}
