import type { ExpectSequence, InputShape, InputShapes, ShapeRule } from '@chainrule/layers-core';
import type { Shape } from '@chainrule/tensor';

/**
 * The query `[batch, queries, features]` and the value `[batch, keys, features]` to `[batch, queries, features]` with the
 * features of `Of`; if `Scores`, followed by the attention weights `[batch, ...Heads, queries, keys]`. `Name` is the layer's type.
 */
export interface AttentionRule<
  Name extends string,
  Scores extends boolean = false,
  Of extends 'query' | 'value' = 'value',
  Heads extends readonly number[] = [],
> extends ShapeRule {
  readonly output: Attended<
    ExpectSequence<InputShape<this>, Name>,
    ValueShape<InputShapes<this>, InputShape<this>>,
    Scores,
    Of,
    Heads
  >;
}

/** The shape of the value: by default the query. */
type ValueShape<Inputs extends readonly Shape[], Query extends Shape> = Inputs extends readonly [
  Shape,
  infer Value extends Shape,
  ...Shape[],
]
  ? Value
  : Inputs extends readonly [Shape]
    ? Query
    : Shape;

type Attended<
  Query,
  Value extends Shape,
  Scores extends boolean,
  Of extends 'query' | 'value',
  Heads extends readonly number[],
> = Query extends readonly [infer Batch extends number, infer Queries extends number, infer Features extends number]
  ? WithScores<
      [Batch, Queries, Of extends 'query' ? Features : SizeAt<Value, 2>],
      [Batch, ...Heads, Queries, SizeAt<Value, 1>],
      Scores
    >
  : Query;

type SizeAt<S extends Shape, Axis extends 1 | 2> = S extends readonly [number, infer Time, infer Features]
  ? Axis extends 1
    ? Time
    : Features
  : number;

/** Unknown options count as the default, no weights. */
type WithScores<Output, Weights, Scores extends boolean> = boolean extends Scores
  ? Output
  : Scores extends true
    ? [Output, Weights]
    : Output;
