import { anything, aString, checkOptions, type Checks, oneOf } from '@chainrule/errors/check';
import {
  checkRank,
  defineLayer,
  type ExpectRank,
  type InputShape,
  type Layer,
  type ShapeRule,
} from '@chainrule/layers-core';
import {
  type Multiply,
  type OptionAt,
  type PerAxis1d,
  type PerAxis2d,
  type PerAxis3d,
  repeat,
  resizeBilinear,
  type Shape,
  type SpatialRank,
  type Tensor,
} from '@chainrule/tensor';
import { perAxis } from '@chainrule/tensor/graph';
import { type Layouts, layouts, type Numbers } from './spatial.ts';

/** Options of all upsampling layers. */
export interface UpSamplingOptions<Factor> {
  /** Factor by which each spatial axis grows: one number for all axes, or one for each. Default 2. */
  readonly size?: Factor;
  readonly name?: string;
}

/** Options of {@link upSampling2d}. */
export interface UpSampling2dOptions<Factor> extends UpSamplingOptions<Factor> {
  /** 'nearest' repeats pixels; 'bilinear' interpolates between pixel centers (half-pixel centers). Default 'nearest'. */
  readonly interpolation?: 'nearest' | 'bilinear';
}

/** `[batch, ...spatial, channels]` with `N` spatial axes `Factor` times as large. `Name` is the layer's type. */
export interface UpSamplingRule<N extends SpatialRank, Factor, Name extends string> extends ShapeRule {
  readonly output: UpSampledShape<ExpectRank<InputShape<this>, Layouts[N], Name>, Factor>;
}
type UpSampledShape<S, Factor> = S extends readonly [
  infer Batch extends number,
  ...infer Sizes extends Shape,
  infer Channels extends number,
]
  ? [Batch, ...{ -readonly [I in keyof Sizes]: Multiply<Sizes[I], OptionAt<Factor, I>> }, Channels]
  : S;

/**
 * Repeats each step of `[batch, width, channels]`.
 *
 * @param options - as Keras' UpSampling1D
 * @throws OptionError for bad options; ShapeError for an input of another rank
 * @example
 * upSampling1d().outputShape([[2, 5, 3]]); // => 2,10,3
 */
export function upSampling1d<const Factor extends PerAxis1d = 2>(
  options: UpSamplingOptions<Factor> = {},
): Layer<UpSamplingRule<1, Factor, 'upSampling1d'>> {
  return upSamplingLayer('upSampling1d', 1, options);
}

/**
 * Enlarges images `[batch, height, width, channels]` by integer factors.
 *
 * @param options - as Keras' UpSampling2D
 * @throws OptionError for bad options; ShapeError for an input of another rank
 * @example
 * upSampling2d().outputShape([[2, 5, 6, 3]]); // => 2,10,12,3
 */
export function upSampling2d<const Factor extends PerAxis2d = 2>(
  options: UpSampling2dOptions<Factor> = {},
): Layer<UpSamplingRule<2, Factor, 'upSampling2d'>> {
  checkOptions<UpSampling2dOptions<unknown>>('upSampling2d', options, checks2d);
  const { interpolation = 'nearest' } = options;
  return upSamplingLayer('upSampling2d', 2, options, interpolations[interpolation], checks2d);
}

/**
 * Repeats each position of `[batch, depth, height, width, channels]` along its spatial axes.
 *
 * @param options - as Keras' UpSampling3D
 * @throws OptionError for bad options; ShapeError for an input of another rank
 * @example
 * upSampling3d().outputShape([[2, 4, 5, 6, 3]]); // => 2,8,10,12,3
 */
export function upSampling3d<const Factor extends PerAxis3d = 2>(
  options: UpSamplingOptions<Factor> = {},
): Layer<UpSamplingRule<3, Factor, 'upSampling3d'>> {
  return upSamplingLayer('upSampling3d', 3, options);
}

const checks: Checks<UpSamplingOptions<unknown>> = { size: anything, name: aString };
const checks2d: Checks<UpSampling2dOptions<unknown>> = /* @__PURE__ */ (() => ({
  ...checks,
  interpolation: oneOf('nearest', 'bilinear'),
}))();

/** Enlarges `x` by one factor for each spatial axis. */
type Interpolation = (x: Tensor, factors: readonly number[]) => Tensor;

const interpolations: Readonly<Record<'nearest' | 'bilinear', Interpolation>> = {
  nearest: repeatPositions,
  bilinear: (x, [height, width]) => resizeBilinear(x, [x.shape[1] * height!, x.shape[2] * width!]),
};

function repeatPositions(x: Tensor, factors: readonly number[]): Tensor {
  return factors.reduce((y, n, i) => (n === 1 ? y : repeat(y, n, i + 1)), x);
}

/** An upsampling layer over `axes` spatial axes. */
function upSamplingLayer<R extends ShapeRule>(
  type: string,
  axes: SpatialRank,
  options: UpSamplingOptions<Numbers>,
  interpolate: Interpolation = repeatPositions,
  known: Checks<UpSamplingOptions<unknown>> = checks,
): Layer<R> {
  checkOptions(type, options, known);
  const factors = perAxis(type, 'size', options.size ?? 2, axes);
  return defineLayer<R>({
    type,
    name: options.name,
    args: [options],
    outputShape(input) {
      checkRank(type, input, layouts[axes]);
      return [input[0]!, ...factors.map((n, i) => n * input[i + 1]!), input.at(-1)!];
    },
    call: (x) => interpolate(x, factors),
    passesMask: false,
  });
}
