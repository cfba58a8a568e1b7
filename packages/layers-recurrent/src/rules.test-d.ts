import type { OutputShape, ShapeRule } from '@chainrule/layers-core';
import type { Shape, ShapeMistake } from '@chainrule/tensor';
import type { BidirectionalRule, RecurrentRule, TimeDistributedRule } from './index.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type True<T extends true> = T;
type Gives<R extends ShapeRule, S extends Shape, Expected> = Equal<OutputShape<R, S>, Expected>;

export type Exact = [
  True<Gives<RecurrentRule<32>, [number, 20, 64], [number, 32]>>,
  True<Gives<RecurrentRule<32, true>, [number, 20, 64], [number, 20, 32]>>,
  True<Gives<BidirectionalRule<RecurrentRule<32, true>, true>, [number, 20, 64], [number, 20, 64]>>,
  True<Gives<BidirectionalRule<RecurrentRule<32>, false>, [number, 20, 64], [number, 32]>>,
  True<Gives<TimeDistributedRule<RecurrentRule<32>>, [number, 9, 20, 64], [number, 9, 32]>>,
];

export type Dynamic = [
  True<Gives<RecurrentRule<32>, Shape, [number, 32]>>,
  True<Gives<RecurrentRule<32, boolean>, [number, 20, 64], Shape>>,
  True<Gives<BidirectionalRule<RecurrentRule<32>, boolean>, [number, 20, 64], Shape>>,
];

type Message =
  'lstm: expects rank 3 [batch,time,features], got [?,20]; set `returnSequences: true` on a recurrent layer before it, or put `embedding` before it for token indices';
export type Mistakes = [
  True<Gives<RecurrentRule<32, false, 'lstm'>, [number, 20], ShapeMistake<Message>>>,
  True<Gives<BidirectionalRule<RecurrentRule<32, false, 'lstm'>, true>, [number, 20], ShapeMistake<Message>>>,
  True<
    Gives<
      TimeDistributedRule<RecurrentRule<32>>,
      [8],
      ShapeMistake<'timeDistributed: expects rank 2 or more [batch,time,…], got [8]'>
    >
  >,
];
