import type { Layer, Pool2dRule } from '@chainrule/layers-core';
import { maxPool2d as pool, type Padding, type PerAxis2d } from '@chainrule/tensor';
import { poolingLayer, type PoolingOptions } from './poolingLayer.ts';

/** Options of {@link maxPool2d}. */
export type MaxPool2dOptions<
  K extends PerAxis2d = PerAxis2d,
  S extends PerAxis2d = PerAxis2d,
  P extends Padding = Padding,
> = PoolingOptions<K, S, P>;

/**
 * The largest element of each window: `[batch, height, width, channels]` with fewer rows and columns.
 *
 * @param options - as Keras' MaxPooling2D
 * @throws OptionError for bad options; ShapeError for inputs of another rank, or smaller than the window
 * @example
 * maxPool2d().outputShape([[32, 26, 26, 28]]); // => 32,13,13,28
 */
export function maxPool2d<
  const K extends PerAxis2d = 2,
  const S extends PerAxis2d = K,
  const P extends Padding = 'valid',
>(options: MaxPool2dOptions<K, S, P> = {}): Layer<Pool2dRule<NoInfer<K>, NoInfer<S>, NoInfer<P>, 'maxPool2d'>> {
  return poolingLayer('maxPool2d', 2, (x, window) => pool(x, window), options);
}
