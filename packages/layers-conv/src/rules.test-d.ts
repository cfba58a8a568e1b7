import type { OutputShape, ShapeRule } from '@chainrule/layers-core';
import type { Shape, ShapeMistake } from '@chainrule/tensor';
import type {
  ConvolutionRule,
  CroppingRule,
  DepthwiseConv2dRule,
  GlobalPoolingRule,
  PoolingRule,
  ZeroPaddingRule,
} from './index.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type True<T extends true> = T;
type Gives<R extends ShapeRule, S extends Shape, Expected> = Equal<OutputShape<R, S>, Expected>;
type Conv1d<F extends number, K> = ConvolutionRule<1, F, K, 1, 'valid', 1, 'conv1d'>;
type Conv2d<F extends number, K, S = 1, P = 'valid', D = 1> = ConvolutionRule<2, F, K, S, P, D, 'conv2d'>;
type Depthwise<M extends number, K> = DepthwiseConv2dRule<M, K, 1, 'valid', 1>;
type MaxPool2d<K = 2, S = K, P = 'valid'> = PoolingRule<2, K, S, P, 'maxPool2d'>;

export type Exact = [
  True<Gives<Conv1d<16, 3>, [number, 100, 4], [number, 98, 16]>>,
  True<Gives<Conv2d<32, 3>, [number, 28, 28, 1], [number, 26, 26, 32]>>,
  True<Gives<Conv2d<32, [3, 5], 2, 'same'>, [8, 28, 28, 1], [8, 14, 14, 32]>>,
  True<Gives<Conv2d<32, 3, 1, 'valid', 2>, [8, 28, 28, 1], [8, 24, 24, 32]>>,
  True<Gives<Conv2d<32, [3, 5], 1, 'full'>, [8, 28, 28, 1], [8, 30, 32, 32]>>,
  True<Gives<Depthwise<2, 3>, [8, 28, 28, 4], [8, 26, 26, 8]>>,
  True<Gives<MaxPool2d, [8, 27, 28, 4], [8, 13, 14, 4]>>,
  True<Gives<MaxPool2d<3, 2, 'same'>, [8, 112, 112, 4], [8, 56, 56, 4]>>,
  True<Gives<PoolingRule<2, [2, 4], [2, 4], 'valid', 'averagePool2d'>, [8, 28, 28, 4], [8, 14, 7, 4]>>,
  True<Gives<PoolingRule<1, 2, 2, 'valid', 'maxPool1d'>, [8, 28, 4], [8, 14, 4]>>,
  True<Gives<GlobalPoolingRule<2, 'globalAveragePool2d'>, [8, 7, 7, 64], [8, 64]>>,
  True<Gives<ZeroPaddingRule<1, [1, 2], 'zeroPadding1d'>, [8, 7, 64], [8, 10, 64]>>,
];

export type Dynamic = [
  True<Gives<Conv2d<32, 3>, Shape, [number, number, number, 32]>>,
  True<Gives<Conv2d<number, number>, [number, 28, 28, 1], [number, number, number, number]>>,
  True<Gives<Depthwise<2, 3>, Shape, [number, number, number, number]>>,
  True<Gives<MaxPool2d, [number, number, number, 3], [number, number, number, 3]>>,
  True<Gives<GlobalPoolingRule<2, 'globalAveragePool2d'>, Shape, [number, number]>>,
  True<Gives<CroppingRule<1, 1, 'cropping1d'>, Shape, [number, number, number]>>,
];

export type Mistakes = [
  True<
    Gives<Conv2d<32, 3>, [8, 784], ShapeMistake<'conv2d: expects rank 4 [batch,height,width,channels], got [8,784]'>>
  >,
  True<Gives<Conv2d<32, 5>, [number, 4, 4, 1], ShapeMistake<'conv2d: window 5x5 is larger than the input [4,4]'>>>,
  True<Gives<Conv1d<8, 3>, [8, 784], ShapeMistake<'conv1d: expects rank 3 [batch,width,channels], got [8,784]'>>>,
  True<
    Gives<Depthwise<1, 9>, [8, 4, 4, 1], ShapeMistake<'depthwiseConv2d: window 9x9 is larger than the input [4,4]'>>
  >,
  True<Gives<MaxPool2d, [8, 10], ShapeMistake<'maxPool2d: expects rank 4 [batch,height,width,channels], got [8,10]'>>>,
  True<
    Gives<
      PoolingRule<1, 5, 5, 'valid', 'maxPool1d'>,
      [8, 4, 1],
      ShapeMistake<'maxPool1d: window 5 is larger than the input [4]'>
    >
  >,
  True<
    Gives<
      GlobalPoolingRule<2, 'globalMaxPool2d'>,
      [8, 10],
      ShapeMistake<'globalMaxPool2d: expects rank 4 [batch,height,width,channels], got [8,10]'>
    >
  >,
  True<Gives<CroppingRule<1, 2, 'cropping1d'>, [8, 4, 1], ShapeMistake<'cropping1d: nothing is left of [8,4,1]'>>>,
];
