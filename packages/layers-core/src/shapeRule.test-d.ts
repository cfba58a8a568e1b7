import type { Multiply, Shape, ShapeMistake } from '@chainrule/tensor';
import type {
  ExpectRank,
  FixedRankRule,
  InputShape,
  OutputShape,
  SameShapeRule,
  SequenceRule,
  ShapeRule,
  WithShapeRule,
} from './shapeRule.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type True<T extends true> = T;
type Gives<R extends ShapeRule, S extends Shape, Expected> = Equal<OutputShape<R, S>, Expected>;

interface WidenRule<N extends number> extends ShapeRule {
  readonly output: Widened<ExpectRank<InputShape<this>, ['batch', 'features'], 'widen'>, N>;
}
type Widened<S, N extends number> = S extends readonly [infer Batch, infer Features extends number]
  ? [Batch, Multiply<Features, N>]
  : S;

export type Exact = [
  True<Gives<SameShapeRule, [number, 10], [number, 10]>>,
  True<Gives<WidenRule<3>, [number, 10], [number, 30]>>,
  True<Gives<WidenRule<3>, [8, number], [8, number]>>,
  True<Gives<FixedRankRule<'mix', ['batch', 'time']>, [8, 10], [8, 10]>>,
  True<Gives<SequenceRule<'mix'>, [number, 20, 4], [number, 20, 4]>>,
];

export type Dynamic = [
  True<Gives<SameShapeRule, Shape, Shape>>,
  True<Gives<WidenRule<3>, Shape, [number, number]>>,
  True<Gives<FixedRankRule<'mix', ['batch', 'time']>, Shape, [number, number]>>,
  True<Gives<SequenceRule<'mix'>, Shape, [number, number, number]>>,
  True<Gives<ShapeRule, [2, 3], unknown>>,
];

export type Mistakes = [
  True<Gives<WidenRule<3>, [number, 2, 3], ShapeMistake<'widen: expects rank 2 [batch,features], got [?,2,3]'>>>,
  True<Gives<FixedRankRule<'mix', ['batch', 'time']>, [8], ShapeMistake<'mix: expects rank 2 [batch,time], got [8]'>>>,
  True<
    Gives<
      SequenceRule<'mix'>,
      [number, 4],
      ShapeMistake<'mix: expects rank 3 [batch,time,features], got [?,4]; set `returnSequences: true` on a recurrent layer before it, or put `embedding` before it for token indices'>
    >
  >,
  True<
    Gives<SequenceRule<'mix'>, [2, 3, 4, 5], ShapeMistake<'mix: expects rank 3 [batch,time,features], got [2,3,4,5]'>>
  >,
];

declare const layer: WithShapeRule<WidenRule<3>>;
export const any: WithShapeRule = layer;
// @ts-expect-error a rule is not a layer
export const rule: WithShapeRule = {};
