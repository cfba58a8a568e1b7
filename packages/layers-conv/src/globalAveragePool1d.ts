import type { GlobalPoolRule, Layer } from '@chainrule/layers-core';
import {
  cast,
  div,
  expandDims,
  type FloatDType,
  globalAveragePool,
  maximum,
  mul,
  sum,
  type Tensor,
} from '@chainrule/tensor';
import { globalPoolingLayer, type GlobalPoolingOptions } from './globalPoolingLayer.ts';

/**
 * The mean of each channel: `[batch, width, channels]` to `[batch, channels]`. Where the input has a mask, the mean over
 * the steps that count, as in Keras; where none does, 0.
 *
 * @param options - as Keras' GlobalAveragePooling1D
 * @throws ShapeError for inputs of another rank
 * @example
 * globalAveragePool1d().outputShape([[32, 26, 28]]); // => 32,28
 */
export function globalAveragePool1d<const Keep extends boolean = false>(
  options: GlobalPoolingOptions<Keep> = {},
): Layer<GlobalPoolRule<1, 'globalAveragePool1d', Keep>> {
  return globalPoolingLayer(
    'globalAveragePool1d',
    1,
    (x, keep, mask) => (mask ? maskedMean(x, mask, keep) : globalAveragePool(x, keep)),
    options,
  );
}

/** Σ m·x / Σ m over the steps; without a step that counts the sum is 0, and is divided by 1. */
function maskedMean(x: Tensor, mask: Tensor, { keepDims }: { readonly keepDims: boolean }): Tensor {
  const weights: Tensor = expandDims(cast(mask, x.dtype as FloatDType), -1);
  return div(sum(mul(x, weights), { axis: 1, keepDims }), maximum(sum(weights, { axis: 1, keepDims }), 1));
}
