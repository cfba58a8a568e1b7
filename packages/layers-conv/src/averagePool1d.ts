import type { Layer, Pool1dRule } from '@chainrule/layers-core';
import { averagePool1d as pool, type Padding, type PerAxis1d } from '@chainrule/tensor';
import { poolingLayer, type PoolingOptions } from './poolingLayer.ts';

/** Options of {@link averagePool1d}. */
export type AveragePool1dOptions<
  K extends PerAxis1d = PerAxis1d,
  S extends PerAxis1d = PerAxis1d,
  P extends Padding = Padding,
> = PoolingOptions<K, S, P>;

/**
 * The mean of each window: `[batch, width, channels]` with fewer positions, without what is padded.
 *
 * @param options - as Keras' AveragePooling1D
 * @throws OptionError for bad options; ShapeError for inputs of another rank, or smaller than the window
 * @example
 * averagePool1d().outputShape([[32, 26, 28]]); // => 32,13,28
 */
export function averagePool1d<
  const K extends PerAxis1d = 2,
  const S extends PerAxis1d = K,
  const P extends Padding = 'valid',
>(options: AveragePool1dOptions<K, S, P> = {}): Layer<Pool1dRule<NoInfer<K>, NoInfer<S>, NoInfer<P>, 'averagePool1d'>> {
  return poolingLayer('averagePool1d', 1, (x, window) => pool(x, window), options);
}
