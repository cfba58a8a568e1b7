import type {
  Add,
  IsDynamic,
  Multiply,
  Padding,
  PerAxis1d,
  PerAxis2d,
  PerAxis3d,
  Shape,
  ShapeMistake,
  Show,
  Subtract,
  WindowShape,
} from '@chainrule/tensor';
import type { In, ShapeRule } from './types.ts';

/** How many spatial axes, with the layouts and ranks that they make. */
export type SpatialAxes = keyof Layouts;
interface Layouts {
  1: '[batch,width,channels]';
  2: '[batch,height,width,channels]';
  3: '[batch,depth,height,width,channels]';
}
interface Ranks {
  1: 3;
  2: 4;
  3: 5;
}
interface Unknowns {
  1: [number];
  2: [number, number];
  3: [number, number, number];
}
interface Singles {
  1: [1];
  2: [1, 1];
  3: [1, 1, 1];
}
type RankMistake<
  S extends Shape,
  N extends SpatialAxes,
  Name extends string,
> = ShapeMistake<`${Name}: expects rank ${Ranks[N]} ${Layouts[N]}, got ${Show<S>}`>;

/** One number for all axes, or one each. */
export type PerAxis<N extends SpatialAxes> = { 1: PerAxis1d; 2: PerAxis2d; 3: PerAxis3d }[N];

/** `[batch, width, channels]` to `[batch, width, filters]`. */
export interface Conv1dRule<
  F extends number,
  K extends PerAxis1d,
  S extends PerAxis1d = 1,
  P extends Padding | 'causal' = 'valid',
  D extends PerAxis1d = 1,
> extends ShapeRule {
  readonly out: WindowShape<In<this>, 1, F, K, S, P, D, 'conv1d'>;
}

/** `[batch, height, width, channels]` to `[batch, height, width, filters]`. */
export interface Conv2dRule<
  F extends number,
  K extends PerAxis2d,
  S extends PerAxis2d = 1,
  P extends Padding = 'valid',
  D extends PerAxis2d = 1,
> extends ShapeRule {
  readonly out: WindowShape<In<this>, 2, F, K, S, P, D, 'conv2d'>;
}

/** `[batch, depth, height, width, channels]` to `[batch, depth, height, width, filters]`. */
export interface Conv3dRule<
  F extends number,
  K extends PerAxis3d,
  S extends PerAxis3d = 1,
  P extends Padding = 'valid',
  D extends PerAxis3d = 1,
> extends ShapeRule {
  readonly out: WindowShape<In<this>, 3, F, K, S, P, D, 'conv3d'>;
}

/** `[batch, height, width, channels]` to `[batch, height, width, filters]`, each channel by itself first. */
export interface SeparableConv2dRule<
  F extends number,
  K extends PerAxis2d,
  S extends PerAxis2d = 1,
  P extends Padding = 'valid',
  D extends PerAxis2d = 1,
> extends ShapeRule {
  readonly out: WindowShape<In<this>, 2, F, K, S, P, D, 'separableConv2d'>;
}

/** `[batch, height, width, channels]` to `[batch, height, width, channels * M]`. */
export interface DepthwiseConv2dRule<
  M extends number,
  K extends PerAxis2d,
  S extends PerAxis2d = 1,
  P extends Padding = 'valid',
  D extends PerAxis2d = 1,
> extends ShapeRule {
  readonly out: WindowShape<In<this>, 2, Multiply<Channels<In<this>>, M>, K, S, P, D, 'depthwiseConv2d'>;
}
type Channels<S extends Shape> = S extends readonly [...Shape, infer C extends number] ? C : number;

/** `[batch, width, channels]`, with windows over the width. `Name` is the layer's. */
export interface Pool1dRule<
  K extends PerAxis1d,
  S extends PerAxis1d,
  P extends Padding,
  Name extends string,
> extends ShapeRule {
  readonly out: WindowShape<In<this>, 1, never, K, S, P, 1, Name>;
}

/** `[batch, height, width, channels]`, with windows over height and width. `Name` is the layer's. */
export interface Pool2dRule<
  K extends PerAxis2d,
  S extends PerAxis2d,
  P extends Padding,
  Name extends string,
> extends ShapeRule {
  readonly out: WindowShape<In<this>, 2, never, K, S, P, 1, Name>;
}
/** `Pool2dRule` of `maxPool2d`. */
export type MaxPool2dRule<K extends PerAxis2d = 2, S extends PerAxis2d = K, P extends Padding = 'valid'> = Pool2dRule<
  K,
  S,
  P,
  'maxPool2d'
>;
/** `Pool2dRule` of `averagePool2d`. */
export type AveragePool2dRule<
  K extends PerAxis2d = 2,
  S extends PerAxis2d = K,
  P extends Padding = 'valid',
> = Pool2dRule<K, S, P, 'averagePool2d'>;
/** `[batch, depth, height, width, channels]`, with windows over the three axes between. `Name` is the layer's. */
export interface Pool3dRule<
  K extends PerAxis3d,
  S extends PerAxis3d,
  P extends Padding,
  Name extends string,
> extends ShapeRule {
  readonly out: WindowShape<In<this>, 3, never, K, S, P, 1, Name>;
}

/**
 * `[batch, ...spatial, channels]` to `[batch, ...larger, filters]`. `Plain` is true without dilations and
 * `outputPadding`; otherwise sizes are not known.
 */
export interface ConvTransposeRule<
  N extends SpatialAxes,
  F extends number,
  K,
  S,
  P,
  Plain extends boolean,
  Name extends string,
> extends ShapeRule {
  readonly out: Spatial<In<this>, N, Name, F, { kernel: K; strides: S; padding: P; plain: Plain }>;
}

/** Each spatial axis as it becomes; `C` is `never` where channels stay. */
type Spatial<S extends Shape, N extends SpatialAxes, Name extends string, C extends number, How> =
  IsDynamic<S> extends true
    ? [number, ...Unknowns[N], [C] extends [never] ? number : C]
    : S['length'] extends Ranks[N]
      ? S extends readonly [infer Batch extends number, ...infer Sizes extends Shape, infer Channels extends number]
        ? Become<Sizes, How> extends infer R extends Shape
          ? [Batch, ...R, [C] extends [never] ? Channels : C]
          : ShapeMistake<`${Name}: nothing is left of ${Show<S>}`>
        : never
      : RankMistake<S, N, Name>;
type Become<Sizes extends Shape, How> = 'none' extends { [I in keyof Sizes]: Size<Sizes[I], How, I> }[number]
  ? 'none'
  : { -readonly [I in keyof Sizes]: Size<Sizes[I], How, I> };
/** 'none' where nothing is left. */
type Size<N extends number, How, I> = How extends {
  kernel: infer K;
  strides: infer S;
  padding: infer P;
  plain: infer Plain;
}
  ? TransposedSize<N, OneOf<K, I>, OneOf<S, I>, P, Plain>
  : How extends { padding: infer B }
    ? Add<N, Add<Edge<B, I, 0>, Edge<B, I, 1>>>
    : How extends { cropping: infer B }
      ? Left<Subtract<N, Add<Edge<B, I, 0>, Edge<B, I, 1>>>>
      : How extends { size: infer Times }
        ? Multiply<N, OneOf<Times, I>>
        : number;
type Left<N extends number> = [N] extends [never] ? 'none' : N extends 0 ? 'none' : N;

type OrZero<N extends number> = [N] extends [never] ? 0 : N;
type TransposedSize<N extends number, K extends number, Stride extends number, P, Plain> = [Plain] extends [true]
  ? [P] extends ['same']
    ? Multiply<N, Stride>
    : [P] extends ['valid']
      ? Add<Multiply<N, Stride>, OrZero<Subtract<K, Stride>>>
      : number
  : number;

/** The number for the axis `I`. */
type OneOf<Option, I> = Option extends number
  ? Option
  : I extends keyof Option
    ? Option[I] extends number
      ? Option[I]
      : number
    : number;

/** What one end of the axis `I` gets: a number for all, one number an axis, or one pair an axis. */
type Edge<B, I, End extends 0 | 1> = B extends number
  ? B
  : I extends keyof B
    ? B[I] extends number
      ? B[I]
      : B[I] extends readonly [number, number]
        ? B[I][End]
        : number
    : number;

/** What is added to or taken off the ends of axes; of a row, a pair is `[before, after]`. */
export type Borders<N extends SpatialAxes> = {
  1: number | readonly [before: number, after: number];
  2: number | readonly [number, number] | readonly [Ends, Ends];
  3: number | readonly [number, number, number] | readonly [Ends, Ends, Ends];
}[N];
type Ends = readonly [before: number, after: number];
/** The ends of a row as those of the only axis. */
type Wrapped<N extends SpatialAxes, B> = N extends 1 ? (B extends number ? B : [B]) : B;

/** `[batch, ...spatial, channels]` with more positions at the ends. */
export interface ZeroPaddingRule<N extends SpatialAxes, B, Name extends string> extends ShapeRule {
  readonly out: Spatial<In<this>, N, Name, never, { padding: Wrapped<N, B> }>;
}

/** `[batch, ...spatial, channels]` with fewer positions at the ends. */
export interface CroppingRule<N extends SpatialAxes, B, Name extends string> extends ShapeRule {
  readonly out: Spatial<In<this>, N, Name, never, { cropping: Wrapped<N, B> }>;
}

/** `[batch, ...spatial, channels]` with every position several times. */
export interface UpSamplingRule<N extends SpatialAxes, Times, Name extends string> extends ShapeRule {
  readonly out: Spatial<In<this>, N, Name, never, { size: Times }>;
}

/** `[batch, ...spatial, channels]`, unchanged. */
export interface SpatialSameRule<N extends SpatialAxes, Name extends string> extends ShapeRule {
  readonly out: SpatialSame<In<this>, N, Name>;
}
type SpatialSame<S extends Shape, N extends SpatialAxes, Name extends string> =
  IsDynamic<S> extends true
    ? [number, ...Unknowns[N], number]
    : S['length'] extends Ranks[N]
      ? S
      : RankMistake<S, N, Name>;

/** `[batch, ...spatial, channels]` to `[batch, channels]`, or with axes of size 1 between. `Name` is the layer's. */
export interface GlobalPoolRule<
  N extends SpatialAxes,
  Name extends string,
  Keep extends boolean = false,
> extends ShapeRule {
  readonly out: GlobalPoolShape<In<this>, N, Name, Keep>;
}
type GlobalPoolShape<
  S extends Shape,
  N extends SpatialAxes,
  Name extends string,
  Keep extends boolean,
> = boolean extends Keep
  ? Shape
  : IsDynamic<S> extends true
    ? Pooled<number, N, number, Keep>
    : S['length'] extends Ranks[N]
      ? S extends readonly [infer Batch extends number, ...Shape, infer C extends number]
        ? Pooled<Batch, N, C, Keep>
        : never
      : RankMistake<S, N, Name>;
type Pooled<Batch extends number, N extends SpatialAxes, C extends number, Keep extends boolean> = Keep extends true
  ? [Batch, ...Singles[N], C]
  : [Batch, C];

/** `GlobalPoolRule` of images. */
export type GlobalPool2dRule<Name extends string> = GlobalPoolRule<2, Name>;
