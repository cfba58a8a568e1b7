import type { DType, FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { DTypeGuard, OperandDType } from '../../types/broadcast.ts';
import type { Guard, Ok, NonInferrable, Shape } from '../../types/tensor.ts';
import type { IsPlain, TransposedShape } from '../../types/transposed.ts';
import type {
  ConvolutionShape,
  DepthwiseShape,
  FillMode,
  GlobalPoolShape,
  Interpolation,
  Padding,
  PerAxis,
  PerAxis2d,
  PointwiseShape,
  ResizeShape,
  SampledShape,
  SpatialRank,
  WindowShape,
} from '../../types/window.ts';

/** `(x, kernel, { strides, padding, dilations, groups })` over `N` spatial axes, channels last. */
export interface Convolution<
  N extends SpatialRank,
  Name extends string,
  Allowed extends DType = DType,
  Paddings = Padding,
> {
  <
    X extends Shape,
    K extends Shape,
    D extends Allowed,
    E extends Allowed,
    const S extends PerAxis<N> = 1,
    const P extends Paddings = Paddings & 'valid',
    const L extends PerAxis<N> = 1,
    const G extends number = 1,
  >(
    x: Tensor<X, D>,
    kernel: Tensor<K, E> & DTypeGuard<D, E, Name> & Guard<ConvolutionShape<X, K, N, S, P, L, G, Name>>,
    options?: { readonly strides?: S; readonly padding?: P; readonly dilations?: L; readonly groups?: G },
  ): Tensor<
    Ok<ConvolutionShape<X, K, N, NonInferrable<S>, NonInferrable<P>, NonInferrable<L>, NonInferrable<G>, Name>>,
    OperandDType<D, E>
  >;
}

/** `Convolution` over one axis. */
/** Also accepts the padding 'causal', which pads only before. */
export type Conv1d<Allowed extends DType = DType> = Convolution<1, 'conv1d', Allowed, Padding | 'causal'>;
/** `Convolution` over two axes. */
export type Conv2d<Allowed extends DType = DType> = Convolution<2, 'conv2d', Allowed>;
/** `Convolution` over three axes. */
export type Conv3d<Allowed extends DType = DType> = Convolution<3, 'conv3d', Allowed>;

/** `(x, kernel, { strides, padding, dilations })` with a kernel `[height, width, channels, multiplier]`. */
export interface DepthwiseConv2d<Allowed extends DType = DType, Name extends string = 'depthwiseConv2d'> {
  <
    X extends Shape,
    K extends Shape,
    D extends Allowed,
    E extends Allowed,
    const S extends PerAxis2d = 1,
    const P extends Padding = 'valid',
    const L extends PerAxis2d = 1,
  >(
    x: Tensor<X, D>,
    kernel: Tensor<K, E> & DTypeGuard<D, E, Name> & Guard<DepthwiseShape<X, K, S, P, L, Name>>,
    options?: { readonly strides?: S; readonly padding?: P; readonly dilations?: L },
  ): Tensor<Ok<DepthwiseShape<X, K, NonInferrable<S>, NonInferrable<P>, NonInferrable<L>, Name>>, OperandDType<D, E>>;
}

/**
 * `(x, depthwise, pointwise, { strides, padding, dilations })`: a convolution of each channel, then of all channels at
 * each position.
 */
export interface SeparableConv2d<Allowed extends DType = DType, Name extends string = 'separableConv2d'> {
  <
    X extends Shape,
    K extends Shape,
    Q extends Shape,
    D extends Allowed,
    const S extends PerAxis2d = 1,
    const P extends Padding = 'valid',
    const L extends PerAxis2d = 1,
  >(
    x: Tensor<X, D>,
    depthwise: Tensor<K, D> & Guard<DepthwiseShape<X, K, S, P, L, Name>>,
    pointwise: Tensor<Q, D> & Guard<PointwiseShape<DepthwiseShape<X, K, S, P, L, Name>, Q, Name>>,
    options?: { readonly strides?: S; readonly padding?: P; readonly dilations?: L },
  ): Tensor<
    Ok<PointwiseShape<DepthwiseShape<X, K, NonInferrable<S>, NonInferrable<P>, NonInferrable<L>, Name>, Q, Name>>,
    D
  >;
}

/** `(x, kernel, { strides, padding, outputPadding, dilations, groups })` with a kernel `[...window, out / groups, in]`. */
export interface TransposedConvolution<N extends SpatialRank, Name extends string, Allowed extends DType = DType> {
  <
    X extends Shape,
    K extends Shape,
    D extends Allowed,
    E extends Allowed,
    const S extends PerAxis<N> = 1,
    const P extends Padding = 'valid',
    const L extends PerAxis<N> = 1,
    const G extends number = 1,
    const O extends PerAxis<N> | undefined = undefined,
  >(
    x: Tensor<X, D>,
    kernel: Tensor<K, E> & DTypeGuard<D, E, Name> & Guard<TransposedShape<X, K, N, S, P, IsPlain<L, O>, G, Name>>,
    options?: {
      readonly strides?: S;
      readonly padding?: P;
      readonly dilations?: L;
      readonly groups?: G;
      readonly outputPadding?: O;
    },
  ): Tensor<
    Ok<
      TransposedShape<
        X,
        K,
        N,
        NonInferrable<S>,
        NonInferrable<P>,
        IsPlain<NonInferrable<L>, NonInferrable<O>>,
        NonInferrable<G>,
        Name
      >
    >,
    OperandDType<D, E>
  >;
}

export type Conv1dTranspose<Allowed extends DType = DType> = TransposedConvolution<1, 'conv1dTranspose', Allowed>;
export type Conv2dTranspose<Allowed extends DType = DType> = TransposedConvolution<2, 'conv2dTranspose', Allowed>;

/** `(x, { poolSize, strides = poolSize, padding, dilations })` over `N` spatial axes, channels last; with `More` options. */
export interface Pooling<N extends SpatialRank, Name extends string, Allowed extends DType = DType, More = unknown> {
  <
    X extends Shape,
    D extends Allowed,
    const K extends PerAxis<N>,
    const S extends PerAxis<N> = K,
    const P extends Padding = 'valid',
    const L extends PerAxis<N> = 1,
  >(
    x: Tensor<X, D> & Guard<WindowShape<X, N, never, K, S, P, L, Name>>,
    options: { readonly poolSize: K; readonly strides?: S; readonly padding?: P; readonly dilations?: L } & More,
  ): Tensor<Ok<WindowShape<X, N, never, K, NonInferrable<S>, NonInferrable<P>, NonInferrable<L>, Name>>, D>;
}

interface CountsPadding {
  /** Whether zeros of the padding count. Default false, as in TensorFlow; PyTorch's default is true. */
  readonly countIncludePad?: boolean;
}

/** `Pooling` over one axis. */
export type MaxPool1d<Allowed extends DType = DType> = Pooling<1, 'maxPool1d', Allowed>;
/** `Pooling` over two axes. */
export type MaxPool2d<Allowed extends DType = DType> = Pooling<2, 'maxPool2d', Allowed>;
/** `Pooling` over three axes. */
export type MaxPool3d<Allowed extends DType = DType> = Pooling<3, 'maxPool3d', Allowed>;
/** `Pooling` over one axis. */
export type AveragePool1d<Allowed extends DType = DType> = Pooling<1, 'averagePool1d', Allowed, CountsPadding>;
/** `Pooling` over two axes. */
export type AveragePool2d<Allowed extends DType = DType> = Pooling<2, 'averagePool2d', Allowed, CountsPadding>;
/** `Pooling` over three axes. */
export type AveragePool3d<Allowed extends DType = DType> = Pooling<3, 'averagePool3d', Allowed, CountsPadding>;

/** `(x, { keepDims })` over all spatial axes of `[batch, ...spatial, channels]`. */
export interface GlobalPooling<Allowed extends DType = DType> {
  <S extends Shape, D extends Allowed, const K extends boolean = false>(
    x: Tensor<S, D>,
    options?: { readonly keepDims?: K },
  ): Tensor<GlobalPoolShape<S, NonInferrable<K>>, D>;
}

/** `(x, [height, width])` of images. */
export interface Resize<Name extends string, Allowed extends DType = DType> {
  <S extends Shape, D extends Allowed, const Z extends readonly [number, number]>(
    x: Tensor<S, D> & Guard<ResizeShape<S, Z, Name>>,
    size: Z,
  ): Tensor<Ok<ResizeShape<S, Z, Name>>, D>;
}

/** `(x, kernel, { padding = 'same' })` with a kernel `[height, width, 1, 1]` for all channels. */
export interface FilterImage<Allowed extends DType = DType> {
  <X extends Shape, D extends Allowed, H extends number, W extends number, const P extends Padding = 'same'>(
    x: Tensor<X, D> & Guard<WindowShape<X, 2, never, [H, W], 1, P, 1, 'filterImage'>>,
    kernel: Tensor<[H, W, 1, 1], D>,
    options?: { readonly padding?: P },
  ): Tensor<Ok<WindowShape<X, 2, never, [H, W], 1, NonInferrable<P>, 1, 'filterImage'>>, D>;
}

/** `(images, coordinates, { interpolation, fillMode, fillValue })` with coordinates `[batch, ...points, 2]`. */
export interface SampleImage {
  <X extends Shape, D extends DType, P extends Shape, E extends FloatDType>(
    images: Tensor<X, D>,
    coordinates: Tensor<P, E> & Guard<SampledShape<X, P>>,
    options?: { readonly interpolation?: Interpolation; readonly fillMode?: FillMode; readonly fillValue?: number },
  ): Tensor<Ok<SampledShape<X, P>>, D>;
}
