import { ShapeError, showShape } from '@chainrule/errors';
import { anything, aString, checkOptions } from '@chainrule/errors/check';
import {
  checkRank,
  defineLayer,
  type ExpectRank,
  type InputShape,
  type Layer,
  type ShapeRule,
} from '@chainrule/layers-core';
import { type Shape, type ShapeMistake, type Show, slice, type SpatialRank, type Subtract } from '@chainrule/tensor';
import { type Borders, type BorderSize, bordersOf } from './borders.ts';
import { type Layouts, layouts } from './spatial.ts';

/** Options of all cropping layers. */
export interface CroppingOptions<B> {
  /**
   * Number of positions to remove: one number for all ends, one for each spatial axis, or `[before, after]` for each axis. In
   * one dimension, a pair is `[before, after]`.
   */
  readonly cropping?: B;
  readonly name?: string;
}

/** `[batch, ...spatial, channels]` with `B` fewer positions at the ends of `N` spatial axes. `Name` is the layer's type. */
export interface CroppingRule<N extends SpatialRank, B, Name extends string> extends ShapeRule {
  readonly output: CroppedShape<ExpectRank<InputShape<this>, Layouts[N], Name>, N, B, Name>;
}
type CroppedShape<S, N extends SpatialRank, B, Name extends string> = S extends readonly [
  infer Batch extends number,
  ...infer Sizes extends Shape,
  infer Channels extends number,
]
  ? CroppedSizes<Sizes, N, B> extends infer Left extends Shape
    ? [Batch, ...Left, Channels]
    : ShapeMistake<`${Name}: nothing is left of ${Show<S>}`>
  : S;
type CroppedSizes<Sizes extends Shape, N extends SpatialRank, B> = {
  -readonly [I in keyof Sizes]: Remaining<Subtract<Sizes[I], BorderSize<N, B, I>>>;
};
/** The size, or 'none' if no position remains, so that the result is not a shape. */
type Remaining<Size extends number> = [Size] extends [never] ? 'none' : Size extends 0 ? 'none' : Size;

/**
 * Removes positions at both ends of the spatial axes of `[batch, width, channels]`.
 *
 * @param options - as Keras' Cropping1D; `cropping` is 1 by default
 * @throws OptionError for bad options; ShapeError for an input of another rank, or if no position remains
 * @example
 * cropping1d().outputShape([[2, 5, 3]]); // => 2,3,3
 */
export function cropping1d<const B extends Borders<1> = 1>(
  options: CroppingOptions<B> = {},
): Layer<CroppingRule<1, B, 'cropping1d'>> {
  return croppingLayer('cropping1d', 1, 1, options);
}

/**
 * Removes positions at both ends of the spatial axes of `[batch, height, width, channels]`.
 *
 * @param options - as Keras' Cropping2D; `cropping` is 0 by default
 * @throws OptionError for bad options; ShapeError for an input of another rank, or if no position remains
 * @example
 * cropping2d({ cropping: 1 }).outputShape([[2, 5, 6, 3]]); // => 2,3,4,3
 */
export function cropping2d<const B extends Borders<2> = 0>(
  options: CroppingOptions<B> = {},
): Layer<CroppingRule<2, B, 'cropping2d'>> {
  return croppingLayer('cropping2d', 2, 0, options);
}

/**
 * Removes positions at both ends of the spatial axes of `[batch, depth, height, width, channels]`.
 *
 * @param options - as Keras' Cropping3D; `cropping` is 1 by default
 * @throws OptionError for bad options; ShapeError for an input of another rank, or if no position remains
 * @example
 * cropping3d().outputShape([[2, 4, 5, 6, 3]]); // => 2,2,3,4,3
 */
export function cropping3d<const B extends Borders<3> = 1>(
  options: CroppingOptions<B> = {},
): Layer<CroppingRule<3, B, 'cropping3d'>> {
  return croppingLayer('cropping3d', 3, 1, options);
}

/** A cropping layer over `axes` spatial axes. `standard` is Keras' default for `cropping`. */
function croppingLayer<R extends ShapeRule, N extends SpatialRank>(
  type: string,
  axes: N,
  standard: Borders<N>,
  options: CroppingOptions<Borders<N>>,
): Layer<R> {
  checkOptions(type, options, { cropping: anything, name: aString });
  const pairs = bordersOf(type, 'cropping', options.cropping ?? standard, axes);
  const cropped = (input: Shape): number[] => [
    input[0]!,
    ...pairs.map(([before, after], i) => input[i + 1]! - before - after),
    input.at(-1)!,
  ];
  return defineLayer<R>({
    type,
    name: options.name,
    args: [options],
    outputShape(input) {
      checkRank(type, input, layouts[axes]);
      const output = cropped(input);
      if (output.slice(1, -1).some((n) => n < 1))
        throw new ShapeError(`${type}: nothing is left of ${showShape(input)}`);
      return output;
    },
    call: (x) => slice(x, [0, ...pairs.map(([before]) => before), 0], cropped(x.shape)),
    passesMask: false,
  });
}
