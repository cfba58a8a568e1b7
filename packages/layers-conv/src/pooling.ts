import { anything, aString, checkOptions } from '@chainrule/errors/check';
import { checkRank, defineLayer, type InputShape, type Layer, type ShapeRule } from '@chainrule/layers-core';
import {
  averagePool1d as averagePool1dOp,
  averagePool2d as averagePool2dOp,
  averagePool3d as averagePool3dOp,
  maxPool1d as maxPool1dOp,
  maxPool2d as maxPool2dOp,
  maxPool3d as maxPool3dOp,
  type Padding,
  type PerAxis,
  type PerAxis1d,
  type PerAxis2d,
  type PerAxis3d,
  type SpatialRank,
  type Tensor,
  type WindowShape,
} from '@chainrule/tensor';
import { perAxis, resolveWindow, windowPositions } from '@chainrule/tensor/graph';
import { layouts, type Numbers } from './spatial.ts';

/** Options of all pooling layers. */
export interface PoolingOptions<K, S, P> {
  /** Size of the window: one number for all spatial axes, or one for each. Default 2. */
  readonly poolSize?: K;
  /** Step of the window. Default `poolSize`. */
  readonly strides?: S;
  /** 'valid', 'same', 'full', or `[before, after]` for each spatial axis. Default 'valid'. */
  readonly padding?: P;
  readonly name?: string;
}

interface PoolingWindow<N extends SpatialRank> {
  readonly poolSize: PerAxis<N>;
  readonly strides: PerAxis<N>;
  readonly padding: Padding;
}

/** Options of {@link maxPool1d}. */
export type MaxPool1dOptions<
  K extends PerAxis1d = PerAxis1d,
  S extends PerAxis1d = PerAxis1d,
  P extends Padding = Padding,
> = PoolingOptions<K, S, P>;

/** Options of {@link maxPool2d}. */
export type MaxPool2dOptions<
  K extends PerAxis2d = PerAxis2d,
  S extends PerAxis2d = PerAxis2d,
  P extends Padding = Padding,
> = PoolingOptions<K, S, P>;

/** Options of {@link maxPool3d}. */
export type MaxPool3dOptions<
  K extends PerAxis3d = PerAxis3d,
  S extends PerAxis3d = PerAxis3d,
  P extends Padding = Padding,
> = PoolingOptions<K, S, P>;

/** Options of {@link averagePool1d}. */
export type AveragePool1dOptions<
  K extends PerAxis1d = PerAxis1d,
  S extends PerAxis1d = PerAxis1d,
  P extends Padding = Padding,
> = PoolingOptions<K, S, P>;

/** Options of {@link averagePool2d}. */
export type AveragePool2dOptions<
  K extends PerAxis2d = PerAxis2d,
  S extends PerAxis2d = PerAxis2d,
  P extends Padding = Padding,
> = PoolingOptions<K, S, P>;

/** Options of {@link averagePool3d}. */
export type AveragePool3dOptions<
  K extends PerAxis3d = PerAxis3d,
  S extends PerAxis3d = PerAxis3d,
  P extends Padding = Padding,
> = PoolingOptions<K, S, P>;

/** `[batch, ...spatial, channels]` to `[batch, ...positions, channels]` over `N` spatial axes. `Name` is the layer's type. */
export interface PoolingRule<N extends SpatialRank, K, S, P, Name extends string> extends ShapeRule {
  readonly output: WindowShape<InputShape<this>, N, never, K, S, P, 1, Name>;
}

/**
 * Maximum of each window: `[batch, width, channels]` to `[batch, positions, channels]`.
 *
 * @param options - as Keras' MaxPooling1D
 * @throws OptionError for bad options; ShapeError for an input of another rank or smaller than the window
 * @example
 * maxPool1d().outputShape([[32, 26, 28]]); // => 32,13,28
 */
export function maxPool1d<
  const K extends PerAxis1d = 2,
  const S extends PerAxis1d = K,
  const P extends Padding = 'valid',
>(options: MaxPool1dOptions<K, S, P> = {}): Layer<PoolingRule<1, NoInfer<K>, NoInfer<S>, NoInfer<P>, 'maxPool1d'>> {
  return poolingLayer('maxPool1d', 1, (x, window) => maxPool1dOp(x, window), options);
}

/**
 * Maximum of each window: `[batch, height, width, channels]` to `[batch, rows, columns, channels]`.
 *
 * @param options - as Keras' MaxPooling2D
 * @throws OptionError for bad options; ShapeError for an input of another rank or smaller than the window
 * @example
 * maxPool2d().outputShape([[32, 26, 26, 28]]); // => 32,13,13,28
 */
export function maxPool2d<
  const K extends PerAxis2d = 2,
  const S extends PerAxis2d = K,
  const P extends Padding = 'valid',
>(options: MaxPool2dOptions<K, S, P> = {}): Layer<PoolingRule<2, NoInfer<K>, NoInfer<S>, NoInfer<P>, 'maxPool2d'>> {
  return poolingLayer('maxPool2d', 2, (x, window) => maxPool2dOp(x, window), options);
}

/**
 * Maximum of each window: `[batch, depth, height, width, channels]` to `[batch, ...positions, channels]`.
 *
 * @param options - as Keras' MaxPooling3D
 * @throws OptionError for bad options; ShapeError for an input of another rank or smaller than the window
 * @example
 * maxPool3d().outputShape([[2, 8, 8, 8, 4]]); // => 2,4,4,4,4
 */
export function maxPool3d<
  const K extends PerAxis3d = 2,
  const S extends PerAxis3d = K,
  const P extends Padding = 'valid',
>(options: MaxPool3dOptions<K, S, P> = {}): Layer<PoolingRule<3, NoInfer<K>, NoInfer<S>, NoInfer<P>, 'maxPool3d'>> {
  return poolingLayer('maxPool3d', 3, (x, window) => maxPool3dOp(x, window), options);
}

/**
 * Mean of each window, without the padding: `[batch, width, channels]` to `[batch, positions, channels]`.
 *
 * @param options - as Keras' AveragePooling1D
 * @throws OptionError for bad options; ShapeError for an input of another rank or smaller than the window
 * @example
 * averagePool1d().outputShape([[32, 26, 28]]); // => 32,13,28
 */
export function averagePool1d<
  const K extends PerAxis1d = 2,
  const S extends PerAxis1d = K,
  const P extends Padding = 'valid',
>(
  options: AveragePool1dOptions<K, S, P> = {},
): Layer<PoolingRule<1, NoInfer<K>, NoInfer<S>, NoInfer<P>, 'averagePool1d'>> {
  return poolingLayer('averagePool1d', 1, (x, window) => averagePool1dOp(x, window), options);
}

/**
 * Mean of each window, without the padding: `[batch, height, width, channels]` to `[batch, rows, columns, channels]`.
 *
 * @param options - as Keras' AveragePooling2D
 * @throws OptionError for bad options; ShapeError for an input of another rank or smaller than the window
 * @example
 * averagePool2d().outputShape([[32, 26, 26, 28]]); // => 32,13,13,28
 */
export function averagePool2d<
  const K extends PerAxis2d = 2,
  const S extends PerAxis2d = K,
  const P extends Padding = 'valid',
>(
  options: AveragePool2dOptions<K, S, P> = {},
): Layer<PoolingRule<2, NoInfer<K>, NoInfer<S>, NoInfer<P>, 'averagePool2d'>> {
  return poolingLayer('averagePool2d', 2, (x, window) => averagePool2dOp(x, window), options);
}

/**
 * Mean of each window, without the padding: `[batch, depth, height, width, channels]` to `[batch, ...positions, channels]`.
 *
 * @param options - as Keras' AveragePooling3D
 * @throws OptionError for bad options; ShapeError for an input of another rank or smaller than the window
 * @example
 * averagePool3d().outputShape([[2, 8, 8, 8, 4]]); // => 2,4,4,4,4
 */
export function averagePool3d<
  const K extends PerAxis3d = 2,
  const S extends PerAxis3d = K,
  const P extends Padding = 'valid',
>(
  options: AveragePool3dOptions<K, S, P> = {},
): Layer<PoolingRule<3, NoInfer<K>, NoInfer<S>, NoInfer<P>, 'averagePool3d'>> {
  return poolingLayer('averagePool3d', 3, (x, window) => averagePool3dOp(x, window), options);
}

/** A pooling layer over `axes` spatial axes. */
function poolingLayer<R extends ShapeRule, N extends SpatialRank>(
  type: string,
  axes: N,
  pool: (x: Tensor, window: PoolingWindow<N>) => Tensor,
  options: PoolingOptions<Numbers, Numbers, Padding>,
): Layer<R> {
  checkOptions(type, options, { poolSize: anything, strides: anything, padding: anything, name: aString });
  const { padding = 'valid' } = options;
  const poolSize = perAxis(type, 'poolSize', options.poolSize ?? 2, axes);
  const strides = perAxis(type, 'strides', options.strides ?? poolSize, axes);
  return defineLayer<R>({
    type,
    name: options.name,
    args: [options],
    outputShape(input) {
      checkRank(type, input, layouts[axes]);
      const spatial = input.slice(1, -1);
      return [
        input[0]!,
        ...windowPositions(type, spatial, poolSize, resolveWindow(type, spatial, poolSize, { strides, padding })),
        input.at(-1)!,
      ];
    },
    call: (x) => pool(x, { poolSize, strides, padding } as unknown as PoolingWindow<N>),
    passesMask: false,
  });
}
