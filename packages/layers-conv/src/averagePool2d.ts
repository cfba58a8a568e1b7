import type { Layer, Pool2dRule } from '@chainrule/layers-core';
import { averagePool2d as pool, type Padding, type PerAxis2d } from '@chainrule/tensor';
import { poolingLayer, type PoolingOptions } from './poolingLayer.ts';

/** Options of {@link averagePool2d}. */
export type AveragePool2dOptions<
  K extends PerAxis2d = PerAxis2d,
  S extends PerAxis2d = PerAxis2d,
  P extends Padding = Padding,
> = PoolingOptions<K, S, P>;

/**
 * The mean of each window: `[batch, height, width, channels]` with fewer rows and columns, without what is padded.
 *
 * @param options - as Keras' AveragePooling2D
 * @throws OptionError for bad options; ShapeError for inputs of another rank, or smaller than the window
 * @example
 * averagePool2d().outputShape([[32, 26, 26, 28]]); // => 32,13,13,28
 */
export function averagePool2d<
  const K extends PerAxis2d = 2,
  const S extends PerAxis2d = K,
  const P extends Padding = 'valid',
>(options: AveragePool2dOptions<K, S, P> = {}): Layer<Pool2dRule<NoInfer<K>, NoInfer<S>, NoInfer<P>, 'averagePool2d'>> {
  return poolingLayer('averagePool2d', 2, (x, window) => pool(x, window), options);
}
