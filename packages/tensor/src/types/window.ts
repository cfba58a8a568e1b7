import type { Add, CeilDivide, Multiply, Subtract } from './arith.ts';
import type { SameSize } from './broadcast.ts';
import type { IsDynamic, Shape, ShapeMistake, Show, ShowSize } from './tensor.ts';

/** The same number for every spatial axis, or one each. */
export type PerAxis1d = number | readonly [number];
/** The same number for both spatial axes, or one each. */
export type PerAxis2d = number | readonly [number, number];
/** The same number for the three spatial axes, or one each. */
export type PerAxis3d = number | readonly [number, number, number];
/** The same number for all `N` spatial axes, or one each. */
export type PerAxis<N extends SpatialRank> = { 1: PerAxis1d; 2: PerAxis2d; 3: PerAxis3d }[N];

/**
 * The padding of a window: TensorFlow's `valid` and `same`; `full`, the size of the window less 1 at each end, as in SciPy's
 * `convolve`; or the number of elements before and after each spatial axis.
 */
export type Padding = 'valid' | 'same' | 'full' | readonly (readonly [number, number])[];

/** The value of an option for the spatial axis `K`. */
export type OptionAt<Option, K> = Option extends Shape
  ? K extends keyof Option
    ? Option[K] & number
    : number
  : Option extends number
    ? Option
    : number;

/** The elements that explicit padding adds to the spatial axis `K`. */
type Border<P, K> = K extends keyof P
  ? P[K] extends readonly [infer Low extends number, infer High extends number]
    ? Add<Low, High>
    : number
  : number;

type NonZero<N extends number> = N extends 0 ? never : N;
/** The number of positions of a window; `never` if it is larger than the input. */
type Positions<N extends number, K extends number, Stride extends number, Dilation extends number> = [
  NonZero<Subtract<N, Multiply<Subtract<K, 1>, Dilation>>>,
] extends [never]
  ? never
  : CeilDivide<Subtract<N, Multiply<Subtract<K, 1>, Dilation>>, Stride>;

/** The output size of a window along one axis; `never` if the window is larger than the input. */
type WindowSize<N extends number, K extends number, Stride extends number, P, Dilation extends number, X> = [
  P,
] extends ['same' | 'causal']
  ? CeilDivide<N, Stride>
  : [P] extends ['valid']
    ? Positions<N, K, Stride, Dilation>
    : [P] extends ['full']
      ? CeilDivide<Add<N, Multiply<Subtract<K, 1>, Dilation>>, Stride>
      : P extends readonly unknown[]
        ? Positions<Add<N, Border<P, X>>, K, Stride, Dilation>
        : number;

/** The output sizes of all spatial axes, or a mistake. */
type WindowSizes<Spatial extends Shape, Kernel, Strides, P, Dilations, Name extends string> =
  'no' extends Fits<Spatial, Kernel, Strides, P, Dilations>
    ? ShapeMistake<`${Name}: window ${ShowWindow<Spatial, Kernel>} is larger than the input ${Show<Spatial>}`>
    : {
        -readonly [X in keyof Spatial]: WindowSize<
          Spatial[X],
          OptionAt<Kernel, X>,
          OptionAt<Strides, X>,
          P,
          OptionAt<Dilations, X>,
          X
        >;
      };
type Fits<Spatial extends Shape, Kernel, Strides, P, Dilations> = {
  [X in keyof Spatial]: [
    WindowSize<Spatial[X], OptionAt<Kernel, X>, OptionAt<Strides, X>, P, OptionAt<Dilations, X>, X>,
  ] extends [never]
    ? 'no'
    : 'yes';
}[number];
/** Kernel sizes as `3x3`. */
type ShowWindow<Spatial extends Shape, Kernel> = Cross<{ [X in keyof Spatial]: OptionAt<Kernel, X> }>;
type Cross<S extends Shape> = S extends readonly [infer First, ...infer Rest extends Shape]
  ? Rest extends readonly []
    ? ShowSize<First>
    : `${ShowSize<First>}x${Cross<Rest>}`
  : '';

/** `[batch, ...spatial, channels]` for one to three spatial axes. */
interface Layouts {
  1: '[batch,width,channels]';
  2: '[batch,height,width,channels]';
  3: '[batch,depth,height,width,channels]';
}
interface KernelLayouts {
  1: '[width,in,out]';
  2: '[height,width,in,out]';
  3: '[depth,height,width,in,out]';
}
/** The number of spatial axes. */
export type SpatialRank = keyof Layouts;
export interface Ranks {
  1: 3;
  2: 4;
  3: 5;
}
export interface Unknowns {
  1: [number];
  2: [number, number];
  3: [number, number, number];
}

export type RankMistake<
  X extends Shape,
  N extends SpatialRank,
  Name extends string,
> = ShapeMistake<`${Name}: expects rank ${Ranks[N]} ${Layouts[N]}, got ${Show<X>}`>;

/**
 * The shape after windows of given sizes over `[batch, ...spatial, channels]`, with `Channels` channels. Layers of
 * convolution use it before they have a kernel. `Channels` is `never` if the channels do not change, as in pooling.
 */
export type WindowShape<
  X extends Shape,
  N extends SpatialRank,
  Channels extends number,
  Kernel,
  Strides,
  P,
  Dilations,
  Name extends string,
> =
  IsDynamic<X> extends true
    ? [number, ...Unknowns[N], [Channels] extends [never] ? number : Channels]
    : X['length'] extends Ranks[N]
      ? X extends readonly [infer Batch extends number, ...infer Spatial extends Shape, infer C extends number]
        ? WindowSizes<Spatial, Kernel, Strides, P, Dilations, Name> extends infer R
          ? R extends Shape
            ? [Batch, ...R, [Channels] extends [never] ? C : Channels]
            : R
          : never
        : never
      : RankMistake<X, N, Name>;

/** A convolution with the kernel `[...window, in / groups, out]`. */
export type ConvolutionShape<
  X extends Shape,
  K extends Shape,
  N extends SpatialRank,
  Strides,
  P,
  Dilations,
  Groups extends number,
  Name extends string,
> =
  IsDynamic<K> extends true
    ? WindowShape<X, N, number, number, Strides, P, Dilations, Name>
    : K['length'] extends Ranks[N]
      ? K extends readonly [...infer Kernel extends Shape, infer In extends number, infer Out extends number]
        ? HasChannels<X, Multiply<In, Groups>> extends true
          ? WindowShape<X, N, Out, Kernel, Strides, P, Dilations, Name>
          : ShapeMistake<`${Name}: kernel ${Show<K>} expects ${ShowSize<Multiply<In, Groups>>} channels, got ${Show<X>}`>
        : never
      : ShapeMistake<`${Name}: kernel expects rank ${Ranks[N]} ${KernelLayouts[N]}, got ${Show<K>}`>;

/** A depthwise convolution with the kernel `[height, width, channels, multiplier]`. */
export type DepthwiseShape<X extends Shape, K extends Shape, Strides, P, Dilations, Name extends string> =
  IsDynamic<K> extends true
    ? WindowShape<X, 2, number, number, Strides, P, Dilations, Name>
    : K extends readonly [number, number, infer C extends number, infer M extends number]
      ? HasChannels<X, C> extends true
        ? WindowShape<X, 2, Multiply<C, M>, [K[0], K[1]], Strides, P, Dilations, Name>
        : ShapeMistake<`${Name}: kernel ${Show<K>} expects ${ShowSize<C>} channels, got ${Show<X>}`>
      : ShapeMistake<`${Name}: kernel expects rank 4 [height,width,channels,multiplier], got ${Show<K>}`>;

/** A pointwise convolution of `R` with a kernel `[1, 1, in, out]`. `R` may be a mistake. */
export type PointwiseShape<R, Q extends Shape, Name extends string> = R extends readonly [
  ...infer Rest extends Shape,
  number,
]
  ? IsDynamic<Q> extends true
    ? [...Rest, number]
    : Q extends readonly [number, number, infer In extends number, infer Out extends number]
      ? HasChannels<R, In> extends true
        ? [...Rest, Out]
        : ShapeMistake<`${Name}: pointwise kernel ${Show<Q>} expects ${ShowSize<In>} channels, got ${Show<R>}`>
      : ShapeMistake<`${Name}: pointwise kernel expects rank 4 [1,1,in,out], got ${Show<Q>}`>
  : R;

/** Images with another height and width. */
export type ResizeShape<S extends Shape, Z extends readonly [number, number], Name extends string> =
  IsDynamic<S> extends true
    ? [number, Z[0], Z[1], number]
    : S extends readonly [infer Batch extends number, number, number, infer C extends number]
      ? [Batch, Z[0], Z[1], C]
      : RankMistake<S, 2, Name>;

/** How to fill the space beyond the borders of an image, as in Keras. */
export type FillMode = 'constant' | 'nearest' | 'reflect' | 'wrap';
/** How the value between pixels is computed. */
export type Interpolation = 'nearest' | 'bilinear';

/** The shape of images `X` that are read at coordinates `P`, or a mistake. */
export type SampledShape<X extends Shape, P extends Shape> =
  IsDynamic<X> extends true
    ? Shape
    : X extends readonly [infer Batch extends number, number, number, infer C extends number]
      ? IsDynamic<P> extends true
        ? Shape
        : P extends readonly [infer B extends number, ...infer Points extends Shape, 2]
          ? SameSize<Batch, B> extends true
            ? [Batch, ...Points, C]
            : ShapeMistake<`sampleImage: ${ShowSize<Batch>} images need as many coordinates, got ${Show<P>}`>
          : ShapeMistake<`sampleImage: coordinates expect [batch,...points,2], got ${Show<P>}`>
      : RankMistake<X, 2, 'sampleImage'>;

/** One element for each channel. */
export type GlobalPoolShape<S extends Shape, Keep> =
  IsDynamic<S> extends true
    ? Shape
    : S extends readonly [infer Batch extends number, ...infer Spatial extends Shape, infer C extends number]
      ? boolean extends Keep
        ? Shape
        : Keep extends true
          ? [Batch, ...{ -readonly [I in keyof Spatial]: 1 }, C]
          : [Batch, C]
      : Shape;

/** Whether the last axis can have this size. */
export type HasChannels<X extends Shape, C extends number> = X extends readonly [...Shape, infer Last extends number]
  ? SameSize<Last, C>
  : true;
