import type { DType } from '../../core/dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import type { DTypeGuard, OperandDType } from '../broadcast.ts';
import type { Guard, Ok, Settled, Shape } from '../tensor.ts';
import type { ConvolutionShape, DepthwiseShape, Padding, PerAxis1d, PerAxis2d } from '../window.ts';
import type { PerAxis3d, SpatialRank, WindowShape } from '../window.ts';

interface PerAxisOf {
  1: PerAxis1d;
  2: PerAxis2d;
  3: PerAxis3d;
}

/** `(x, kernel, { strides, padding, dilations, groups })` over `N` spatial axes, channels last. */
export interface Convolution<N extends SpatialRank, Name extends string, Allowed extends DType = DType> {
  <
    X extends Shape,
    K extends Shape,
    D extends Allowed,
    E extends Allowed,
    const S extends PerAxisOf[N] = 1,
    const P extends Padding = 'valid',
    const L extends PerAxisOf[N] = 1,
    const G extends number = 1,
  >(
    x: Tensor<X, D>,
    kernel: Tensor<K, E> & DTypeGuard<D, E, Name> & Guard<ConvolutionShape<X, K, N, S, P, L, G, Name>>,
    options?: { readonly strides?: S; readonly padding?: P; readonly dilations?: L; readonly groups?: G },
  ): Tensor<
    Ok<ConvolutionShape<X, K, N, Settled<S>, Settled<P>, Settled<L>, Settled<G>, Name>>,
    OperandDType<D, E>
  >;
}

export type Conv1d<Allowed extends DType = DType> = Convolution<1, 'conv1d', Allowed>;
export type Conv2d<Allowed extends DType = DType> = Convolution<2, 'conv2d', Allowed>;
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
  ): Tensor<
    Ok<DepthwiseShape<X, K, Settled<S>, Settled<P>, Settled<L>, Name>>,
    OperandDType<D, E>
  >;
}

/** `(x, { poolSize, strides = poolSize, padding })` over `N` spatial axes, channels last. */
export interface Pooling<N extends SpatialRank, Name extends string, Allowed extends DType = DType> {
  <
    X extends Shape,
    D extends Allowed,
    const K extends PerAxisOf[N],
    const S extends PerAxisOf[N] = K,
    const P extends Padding = 'valid',
  >(
    x: Tensor<X, D> & Guard<WindowShape<X, N, never, K, S, P, 1, Name>>,
    options: { readonly poolSize: K; readonly strides?: S; readonly padding?: P },
  ): Tensor<Ok<WindowShape<X, N, never, K, Settled<S>, Settled<P>, 1, Name>>, D>;
}

export type MaxPool1d<Allowed extends DType = DType> = Pooling<1, 'maxPool1d', Allowed>;
export type MaxPool2d<Allowed extends DType = DType> = Pooling<2, 'maxPool2d', Allowed>;
export type MaxPool3d<Allowed extends DType = DType> = Pooling<3, 'maxPool3d', Allowed>;
export type AveragePool1d<Allowed extends DType = DType> = Pooling<1, 'averagePool1d', Allowed>;
export type AveragePool2d<Allowed extends DType = DType> = Pooling<2, 'averagePool2d', Allowed>;
export type AveragePool3d<Allowed extends DType = DType> = Pooling<3, 'averagePool3d', Allowed>;
