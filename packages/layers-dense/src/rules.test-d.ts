import type { OutputShape, ShapeRule } from '@chainrule/layers-core';
import type { Shape, ShapeMistake } from '@chainrule/tensor';
import type { DenseRule, EmbeddingRule, FlattenRule, PermuteRule, RepeatVectorRule, ReshapeRule } from './index.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type True<T extends true> = T;
type Gives<R extends ShapeRule, S extends Shape, Expected> = Equal<OutputShape<R, S>, Expected>;

export type Exact = [
  True<Gives<DenseRule<10>, [number, 784], [number, 10]>>,
  True<Gives<DenseRule<10>, [8, 20, 64], [8, 20, 10]>>,
  True<Gives<FlattenRule, [number, 7, 7, 64], [number, 3136]>>,
  True<Gives<ReshapeRule<[7, 7, 64]>, [number, 3136], [number, 7, 7, 64]>>,
  True<Gives<ReshapeRule<[-1, 2]>, [number, 8], [number, 4, 2]>>,
  True<Gives<PermuteRule<[2, 1]>, [8, 2, 3], [8, 3, 2]>>,
  True<Gives<RepeatVectorRule<5>, [number, 3], [number, 5, 3]>>,
  True<Gives<EmbeddingRule<64>, [number, 20], [number, 20, 64]>>,
];

export type Dynamic = [
  True<Gives<DenseRule<10>, Shape, Shape>>,
  True<Gives<DenseRule<number>, [number, 784], [number, number]>>,
  True<Gives<FlattenRule, Shape, [number, number]>>,
  True<Gives<FlattenRule, [number, number, 3], [number, number]>>,
  True<Gives<ReshapeRule<[2, 3]>, Shape, [number, 2, 3]>>,
  True<Gives<RepeatVectorRule<5>, Shape, [number, 5, number]>>,
  True<Gives<EmbeddingRule<64>, Shape, Shape>>,
];

export type Mistakes = [
  True<Gives<DenseRule<10>, [8], ShapeMistake<'dense: expects rank 2 or more [batch,…,features], got [8]'>>>,
  True<Gives<FlattenRule, [], ShapeMistake<'flatten: expects rank 1 or more, got []'>>>,
  True<Gives<ReshapeRule<[5]>, [8, 6], ShapeMistake<'reshape: [6] has 6 elements, [5] has 5'>>>,
  True<Gives<PermuteRule<[2, 1]>, [8, 2], ShapeMistake<'permute: dims [2,1] do not fit [8,2]'>>>,
  True<Gives<RepeatVectorRule<5>, [8], ShapeMistake<'repeatVector: expects rank 2 [batch,features], got [8]'>>>,
];
