import { anything, aString, checkOptions } from '@chainrule/errors/check';
import {
  checkRank,
  defineLayer,
  type ExpectRank,
  type InputShape,
  type Layer,
  type ShapeRule,
} from '@chainrule/layers-core';
import { type Add, pad, type Shape, type SpatialRank } from '@chainrule/tensor';
import { type Borders, type BorderSize, bordersOf } from './borders.ts';
import { type Layouts, layouts } from './spatial.ts';

/** Options of all zero padding layers. */
export interface ZeroPaddingOptions<B> {
  /**
   * Number of zeros: one number for all ends, one for each spatial axis, or `[before, after]` for each axis. In one
   * dimension, a pair is `[before, after]`. Default 1.
   */
  readonly padding?: B;
  readonly name?: string;
}

/** `[batch, ...spatial, channels]` with `B` more positions at the ends of `N` spatial axes. `Name` is the layer's type. */
export interface ZeroPaddingRule<N extends SpatialRank, B, Name extends string> extends ShapeRule {
  readonly output: PaddedShape<ExpectRank<InputShape<this>, Layouts[N], Name>, N, B>;
}
type PaddedShape<S, N extends SpatialRank, B> = S extends readonly [
  infer Batch extends number,
  ...infer Sizes extends Shape,
  infer Channels extends number,
]
  ? [Batch, ...{ -readonly [I in keyof Sizes]: Add<Sizes[I], BorderSize<N, B, I>> }, Channels]
  : S;

/**
 * Adds zeros at both ends of the spatial axes of `[batch, width, channels]`.
 *
 * @param options - as Keras' ZeroPadding1D
 * @throws OptionError for bad options; ShapeError for an input of another rank
 * @example
 * zeroPadding1d().outputShape([[2, 5, 3]]); // => 2,7,3
 */
export function zeroPadding1d<const B extends Borders<1> = 1>(
  options: ZeroPaddingOptions<B> = {},
): Layer<ZeroPaddingRule<1, B, 'zeroPadding1d'>> {
  return zeroPaddingLayer('zeroPadding1d', 1, options);
}

/**
 * Adds zeros at both ends of the spatial axes of `[batch, height, width, channels]`.
 *
 * @param options - as Keras' ZeroPadding2D
 * @throws OptionError for bad options; ShapeError for an input of another rank
 * @example
 * zeroPadding2d().outputShape([[2, 5, 6, 3]]); // => 2,7,8,3
 */
export function zeroPadding2d<const B extends Borders<2> = 1>(
  options: ZeroPaddingOptions<B> = {},
): Layer<ZeroPaddingRule<2, B, 'zeroPadding2d'>> {
  return zeroPaddingLayer('zeroPadding2d', 2, options);
}

/**
 * Adds zeros at both ends of the spatial axes of `[batch, depth, height, width, channels]`.
 *
 * @param options - as Keras' ZeroPadding3D
 * @throws OptionError for bad options; ShapeError for an input of another rank
 * @example
 * zeroPadding3d().outputShape([[2, 4, 5, 6, 3]]); // => 2,6,7,8,3
 */
export function zeroPadding3d<const B extends Borders<3> = 1>(
  options: ZeroPaddingOptions<B> = {},
): Layer<ZeroPaddingRule<3, B, 'zeroPadding3d'>> {
  return zeroPaddingLayer('zeroPadding3d', 3, options);
}

/** A zero padding layer over `axes` spatial axes. */
function zeroPaddingLayer<R extends ShapeRule, N extends SpatialRank>(
  type: string,
  axes: N,
  options: ZeroPaddingOptions<Borders<N>>,
): Layer<R> {
  checkOptions(type, options, { padding: anything, name: aString });
  const pairs = bordersOf(type, 'padding', options.padding ?? 1, axes);
  return defineLayer<R>({
    type,
    name: options.name,
    args: [options],
    outputShape(input) {
      checkRank(type, input, layouts[axes]);
      return [input[0]!, ...pairs.map(([before, after], i) => input[i + 1]! + before + after), input.at(-1)!];
    },
    call: (x) => pad(x, [[0, 0], ...pairs, [0, 0]]),
    passesMask: false,
  });
}
