import { aBoolean, aString, checkOptions } from '@chainrule/errors/check';
import {
  checkRank,
  defineLayer,
  type ExpectRank,
  type InputShape,
  type Layer,
  type ShapeRule,
} from '@chainrule/layers-core';
import {
  any,
  cast,
  div,
  scalar as e,
  expandDims,
  type FloatDType,
  globalAveragePool,
  globalMaxPool,
  type GlobalPoolShape,
  map,
  maximum,
  mul,
  type Shape,
  type SpatialRank,
  sum,
  type Tensor,
} from '@chainrule/tensor';
import { type Layouts, layouts } from './spatial.ts';

/** Options of all global pooling layers. */
export interface GlobalPoolingOptions<Keep extends boolean = boolean> {
  /** Keep the spatial axes with size 1. Default false. */
  readonly keepDims?: Keep;
  readonly name?: string;
}

/**
 * `[batch, ...spatial, channels]` to `[batch, channels]`; if `Keep`, the `N` spatial axes stay with size 1. `Name` is the
 * layer's type.
 */
export interface GlobalPoolingRule<
  N extends SpatialRank,
  Name extends string,
  Keep extends boolean = false,
> extends ShapeRule {
  readonly output: PooledShape<ExpectRank<InputShape<this>, Layouts[N], Name>, Keep>;
}
type PooledShape<S, Keep extends boolean> = S extends Shape ? GlobalPoolShape<S, Keep> : S;

/**
 * Maximum of each channel: `[batch, width, channels]` to `[batch, channels]`. If the input has a mask, compares only unmasked
 * steps and returns 0 if all steps are masked; Keras ignores the mask.
 *
 * @param options - as Keras' GlobalMaxPooling1D
 * @throws ShapeError for an input of another rank
 * @example
 * globalMaxPool1d().outputShape([[32, 26, 28]]); // => 32,28
 */
export function globalMaxPool1d<const Keep extends boolean = false>(
  options: GlobalPoolingOptions<Keep> = {},
): Layer<GlobalPoolingRule<1, 'globalMaxPool1d', Keep>> {
  return globalPoolingLayer(
    'globalMaxPool1d',
    1,
    (x, keep, mask) => (mask ? maskedMax(x, mask, keep) : globalMaxPool(x, keep)),
    options,
  );
}

/**
 * Maximum of each channel: `[batch, height, width, channels]` to `[batch, channels]`.
 *
 * @param options - as Keras' GlobalMaxPooling2D
 * @throws ShapeError for an input of another rank
 * @example
 * globalMaxPool2d().outputShape([[32, 7, 7, 64]]); // => 32,64
 */
export function globalMaxPool2d<const Keep extends boolean = false>(
  options: GlobalPoolingOptions<Keep> = {},
): Layer<GlobalPoolingRule<2, 'globalMaxPool2d', Keep>> {
  return globalPoolingLayer('globalMaxPool2d', 2, (x, keep) => globalMaxPool(x, keep), options);
}

/**
 * Maximum of each channel: `[batch, depth, height, width, channels]` to `[batch, channels]`.
 *
 * @param options - as Keras' GlobalMaxPooling3D
 * @throws ShapeError for an input of another rank
 * @example
 * globalMaxPool3d().outputShape([[2, 8, 8, 8, 4]]); // => 2,4
 */
export function globalMaxPool3d<const Keep extends boolean = false>(
  options: GlobalPoolingOptions<Keep> = {},
): Layer<GlobalPoolingRule<3, 'globalMaxPool3d', Keep>> {
  return globalPoolingLayer('globalMaxPool3d', 3, (x, keep) => globalMaxPool(x, keep), options);
}

/**
 * Mean of each channel: `[batch, width, channels]` to `[batch, channels]`. If the input has a mask, averages only unmasked
 * steps, as Keras does, and returns 0 if all steps are masked.
 *
 * @param options - as Keras' GlobalAveragePooling1D
 * @throws ShapeError for an input of another rank
 * @example
 * globalAveragePool1d().outputShape([[32, 26, 28]]); // => 32,28
 */
export function globalAveragePool1d<const Keep extends boolean = false>(
  options: GlobalPoolingOptions<Keep> = {},
): Layer<GlobalPoolingRule<1, 'globalAveragePool1d', Keep>> {
  return globalPoolingLayer(
    'globalAveragePool1d',
    1,
    (x, keep, mask) => (mask ? maskedMean(x, mask, keep) : globalAveragePool(x, keep)),
    options,
  );
}

/**
 * Mean of each channel: `[batch, height, width, channels]` to `[batch, channels]`.
 *
 * @param options - as Keras' GlobalAveragePooling2D
 * @throws ShapeError for an input of another rank
 * @example
 * globalAveragePool2d().outputShape([[32, 7, 7, 64]]); // => 32,64
 */
export function globalAveragePool2d<const Keep extends boolean = false>(
  options: GlobalPoolingOptions<Keep> = {},
): Layer<GlobalPoolingRule<2, 'globalAveragePool2d', Keep>> {
  return globalPoolingLayer('globalAveragePool2d', 2, (x, keep) => globalAveragePool(x, keep), options);
}

/**
 * Mean of each channel: `[batch, depth, height, width, channels]` to `[batch, channels]`.
 *
 * @param options - as Keras' GlobalAveragePooling3D
 * @throws ShapeError for an input of another rank
 * @example
 * globalAveragePool3d().outputShape([[2, 8, 8, 8, 4]]); // => 2,4
 */
export function globalAveragePool3d<const Keep extends boolean = false>(
  options: GlobalPoolingOptions<Keep> = {},
): Layer<GlobalPoolingRule<3, 'globalAveragePool3d', Keep>> {
  return globalPoolingLayer('globalAveragePool3d', 3, (x, keep) => globalAveragePool(x, keep), options);
}

interface KeepDims {
  readonly keepDims: boolean;
}

/** A global pooling layer over `axes` spatial axes. */
function globalPoolingLayer<R extends ShapeRule>(
  type: string,
  axes: SpatialRank,
  pool: (x: Tensor, keep: KeepDims, mask?: Tensor) => Tensor,
  options: GlobalPoolingOptions,
): Layer<R> {
  checkOptions(type, options, { keepDims: aBoolean, name: aString });
  const { keepDims = false } = options;
  return defineLayer<R>({
    type,
    name: options.name,
    args: [options],
    outputShape(input) {
      checkRank(type, input, layouts[axes]);
      return [input[0]!, ...(keepDims ? input.slice(1, -1).map(() => 1) : []), input.at(-1)!];
    },
    call(x, _context, mask) {
      checkRank(type, x.shape, layouts[axes]);
      return pool(x, { keepDims }, mask);
    },
    passesMask: false,
  });
}

/** Maximum over the steps with a true mask; 0 if every step is masked. */
function maskedMax(x: Tensor, mask: Tensor, keep: KeepDims): Tensor {
  const counts: Tensor = expandDims(mask, -1);
  const largest = globalMaxPool(
    map((v, m) => e.select(m, v, -Infinity), [x, counts]),
    keep,
  );
  return map((v, some) => e.select(some, v, 0), [largest, any(counts, { axis: 1, keepDims: keep.keepDims })]);
}

/** Σ m·x / max(1, Σ m) over the steps. */
function maskedMean(x: Tensor, mask: Tensor, { keepDims }: KeepDims): Tensor {
  const weights: Tensor = expandDims(cast(mask, x.dtype as FloatDType), -1);
  return div(sum(mul(x, weights), { axis: 1, keepDims }), maximum(sum(weights, { axis: 1, keepDims }), 1));
}
