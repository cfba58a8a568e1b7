import type { Layer, Pool3dRule } from '@chainrule/layers-core';
import { maxPool3d as pool, type Padding, type PerAxis3d } from '@chainrule/tensor';
import { poolingLayer, type PoolingOptions } from './poolingLayer.ts';

/** Options of {@link maxPool3d}. */
export type MaxPool3dOptions<
  K extends PerAxis3d = PerAxis3d,
  S extends PerAxis3d = PerAxis3d,
  P extends Padding = Padding,
> = PoolingOptions<K, S, P>;

/**
 * The largest element of each window: `[batch, depth, height, width, channels]` with fewer positions.
 *
 * @param options - as Keras' MaxPooling3D
 * @throws OptionError for bad options; ShapeError for inputs of another rank, or smaller than the window
 * @example
 * maxPool3d().outputShape([[2, 8, 8, 8, 4]]); // => 2,4,4,4,4
 */
export function maxPool3d<
  const K extends PerAxis3d = 2,
  const S extends PerAxis3d = K,
  const P extends Padding = 'valid',
>(options: MaxPool3dOptions<K, S, P> = {}): Layer<Pool3dRule<NoInfer<K>, NoInfer<S>, NoInfer<P>, 'maxPool3d'>> {
  return poolingLayer('maxPool3d', 3, (x, window) => pool(x, window), options);
}
