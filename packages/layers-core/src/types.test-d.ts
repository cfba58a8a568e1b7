import type { Shape, ShapeMistake } from '@chainrule/tensor';
import type {
  AveragePool2dRule,
  Conv1dRule,
  Conv2dRule,
  DepthwiseConv2dRule,
  GlobalPool2dRule,
  MaxPool2dRule,
  Pool1dRule,
} from './spatialTypes.ts';
import type {
  Apply,
  DenseRule,
  EmbeddingRule,
  FlattenRule,
  RecurrentRule,
  ReshapeRule,
  Ruled,
  SameRule,
  ShapeRule,
} from './types.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type True<T extends true> = T;
type Gives<R extends ShapeRule, S extends Shape, Expected> = Equal<Apply<R, S>, Expected>;

export type Exact = [
  True<Gives<SameRule, [number, 10], [number, 10]>>,
  True<Gives<DenseRule<10>, [number, 784], [number, 10]>>,
  True<Gives<DenseRule<10>, [8, 20, 64], [8, 20, 10]>>,
  True<Gives<FlattenRule, [number, 7, 7, 64], [number, 3136]>>,
  True<Gives<ReshapeRule<[7, 7, 64]>, [number, 3136], [number, 7, 7, 64]>>,
  True<Gives<ReshapeRule<[-1, 2]>, [number, 8], [number, 4, 2]>>,
  True<Gives<Conv1dRule<16, 3>, [number, 100, 4], [number, 98, 16]>>,
  True<Gives<Conv2dRule<32, 3>, [number, 28, 28, 1], [number, 26, 26, 32]>>,
  True<Gives<Conv2dRule<32, [3, 5], 2, 'same'>, [8, 28, 28, 1], [8, 14, 14, 32]>>,
  True<Gives<Conv2dRule<32, 3, 1, 'valid', 2>, [8, 28, 28, 1], [8, 24, 24, 32]>>,
  True<Gives<DepthwiseConv2dRule<2, 3>, [8, 28, 28, 4], [8, 26, 26, 8]>>,
  True<Gives<MaxPool2dRule, [8, 27, 28, 4], [8, 13, 14, 4]>>,
  True<Gives<MaxPool2dRule<3, 2, 'same'>, [8, 112, 112, 4], [8, 56, 56, 4]>>,
  True<Gives<AveragePool2dRule<[2, 4]>, [8, 28, 28, 4], [8, 14, 7, 4]>>,
  True<Gives<Pool1dRule<2, 2, 'valid', 'maxPool1d'>, [8, 28, 4], [8, 14, 4]>>,
  True<Gives<GlobalPool2dRule<'globalAveragePool2d'>, [8, 7, 7, 64], [8, 64]>>,
  True<Gives<EmbeddingRule<64>, [number, 20], [number, 20, 64]>>,
  True<Gives<RecurrentRule<32>, [number, 20, 64], [number, 32]>>,
  True<Gives<RecurrentRule<32, true>, [number, 20, 64], [number, 20, 32]>>,
];

export type Dynamic = [
  True<Gives<SameRule, Shape, Shape>>,
  True<Gives<DenseRule<10>, Shape, Shape>>,
  True<Gives<DenseRule<number>, [number, 784], [number, number]>>,
  True<Gives<FlattenRule, Shape, [number, number]>>,
  True<Gives<FlattenRule, [number, number, 3], [number, number]>>,
  True<Gives<ReshapeRule<[2, 3]>, Shape, [number, 2, 3]>>,
  True<Gives<Conv2dRule<32, 3>, Shape, [number, number, number, 32]>>,
  True<Gives<Conv2dRule<number, number>, [number, 28, 28, 1], [number, number, number, number]>>,
  True<Gives<DepthwiseConv2dRule<2, 3>, Shape, [number, number, number, number]>>,
  True<Gives<MaxPool2dRule, [number, number, number, 3], [number, number, number, 3]>>,
  True<Gives<GlobalPool2dRule<'globalAveragePool2d'>, Shape, [number, number]>>,
  True<Gives<EmbeddingRule<64>, Shape, Shape>>,
  True<Gives<RecurrentRule<32>, Shape, [number, 32]>>,
  True<Gives<RecurrentRule<32, boolean>, [number, 20, 64], Shape>>,
  True<Gives<ShapeRule, [2, 3], unknown>>,
];

export type Mistakes = [
  True<Gives<DenseRule<10>, [8], ShapeMistake<'dense: expects rank 2 or more [batch,...,features], got [8]'>>>,
  True<Gives<FlattenRule, [], ShapeMistake<'flatten: expects rank 1 or more, got []'>>>,
  True<Gives<ReshapeRule<[5]>, [8, 6], ShapeMistake<'reshape: [6] has 6 elements, [5] has 5'>>>,
  True<
    Gives<
      Conv2dRule<32, 3>,
      [8, 784],
      ShapeMistake<'conv2d: expects rank 4 [batch,height,width,channels], got [8,784]'>
    >
  >,
  True<
    Gives<Conv2dRule<32, 5>, [number, 4, 4, 1], ShapeMistake<'conv2d: window 5x5 is larger than the input [?,4,4,1]'>>
  >,
  True<Gives<Conv1dRule<8, 3>, [8, 784], ShapeMistake<'conv1d: expects rank 3 [batch,width,channels], got [8,784]'>>>,
  True<
    Gives<
      DepthwiseConv2dRule<1, 9>,
      [8, 4, 4, 1],
      ShapeMistake<'depthwiseConv2d: window 9x9 is larger than the input [8,4,4,1]'>
    >
  >,
  True<
    Gives<MaxPool2dRule, [8, 10], ShapeMistake<'maxPool2d: expects rank 4 [batch,height,width,channels], got [8,10]'>>
  >,
  True<
    Gives<
      AveragePool2dRule<[2, 9]>,
      [8, 4, 4, 1],
      ShapeMistake<'averagePool2d: window 2x9 is larger than the input [8,4,4,1]'>
    >
  >,
  True<
    Gives<
      Pool1dRule<5, 5, 'valid', 'maxPool1d'>,
      [8, 4, 1],
      ShapeMistake<'maxPool1d: window 5 is larger than the input [8,4,1]'>
    >
  >,
  True<
    Gives<
      GlobalPool2dRule<'globalMaxPool2d'>,
      [8, 10],
      ShapeMistake<'globalMaxPool2d: expects rank 4 [batch,height,width,channels], got [8,10]'>
    >
  >,
  True<
    Gives<
      RecurrentRule<32, false, 'lstm'>,
      [number, 20],
      ShapeMistake<'lstm: expects rank 3 [batch,time,features], got [?,20]'>
    >
  >,
];

declare const layer: Ruled<DenseRule<10>>;
export const any: Ruled = layer;
// @ts-expect-error a rule is not a layer
export const rule: Ruled = {};
