import type { Layer, Pool1dRule } from '@chainrule/layers-core';
import { maxPool1d as pool, type Padding, type PerAxis1d } from '@chainrule/tensor';
import { poolingLayer, type PoolingOptions } from './poolingLayer.ts';

/** Options of {@link maxPool1d}. */
export type MaxPool1dOptions<
  K extends PerAxis1d = PerAxis1d,
  S extends PerAxis1d = PerAxis1d,
  P extends Padding = Padding,
> = PoolingOptions<K, S, P>;

/**
 * The largest element of each window: `[batch, width, channels]` with fewer positions.
 *
 * @param options - as Keras' MaxPooling1D
 * @throws OptionError for bad options; ShapeError for inputs of another rank, or smaller than the window
 * @example
 * maxPool1d().outputShape([[32, 26, 28]]); // => 32,13,28
 */
export function maxPool1d<
  const K extends PerAxis1d = 2,
  const S extends PerAxis1d = K,
  const P extends Padding = 'valid',
>(options: MaxPool1dOptions<K, S, P> = {}): Layer<Pool1dRule<NoInfer<K>, NoInfer<S>, NoInfer<P>, 'maxPool1d'>> {
  return poolingLayer('maxPool1d', 1, (x, window) => pool(x, window), options);
}
