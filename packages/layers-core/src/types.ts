import type { Add, FlattenShape, IsDynamic, ReshapeShape, Shape, ShapeMistake, Show } from '@chainrule/tensor';

/**
 * A function from shape to shape, as a type: `out` is written in terms of `In<this>`. Layers carry one, so that
 * models know shapes without knowing layers. (`in` is `unknown` because a constraint would turn tuples into arrays.)
 */
export interface ShapeRule {
  readonly in: unknown;
  readonly out: unknown;
}

/** The shape, batch axis included, that a rule is applied to. */
export type In<R extends ShapeRule> = R['in'] extends infer S extends Shape ? S : Shape;

/** What the rule gives for a shape: a shape, a mistake, or `unknown` for a layer without a rule of its own. */
export type Apply<R extends ShapeRule, S extends Shape> = (R & { readonly in: S })['out'];

/** What carries a rule: every layer. */
export interface Ruled<R extends ShapeRule = ShapeRule> {
  readonly '~rule': R;
}

/** Activations, normalization, dropout: the shape is kept. */
export interface SameRule extends ShapeRule {
  readonly out: In<this>;
}

/** `[...batch, features]` to `[...batch, units]`, for rank 2 and more as in Keras. */
export interface DenseRule<U extends number> extends ShapeRule {
  readonly out: DenseShape<In<this>, U>;
}
type DenseShape<S extends Shape, U extends number> =
  IsDynamic<S> extends true
    ? Shape
    : S extends readonly [infer Batch extends number, ...infer Middle extends Shape, number]
      ? [Batch, ...Middle, U]
      : ShapeMistake<`dense: expects rank 2 or more [batch,...,features], got ${Show<S>}`>;

/** `[batch, ...rest]` to `[batch, product of the rest]`. */
export interface FlattenRule extends ShapeRule {
  readonly out: FlattenShape<In<this>>;
}

/** `[batch, ...rest]` to `[batch, ...T]`. */
export interface ReshapeRule<T extends Shape> extends ShapeRule {
  readonly out: ReshapeBatch<In<this>, T>;
}
type ReshapeBatch<S extends Shape, T extends Shape> = S extends readonly [
  infer Batch extends number,
  ...infer Rest extends Shape,
]
  ? ReshapeShape<Rest, T> extends infer R
    ? R extends Shape
      ? [Batch, ...R]
      : R
    : never
  : [number, ...T];

/** `[batch, ...rest]` with the axes after the batch in the order `D`, counted from 1. */
export interface PermuteRule<D extends Shape> extends ShapeRule {
  readonly out: PermuteShape<In<this>, D>;
}
type PermuteShape<S extends Shape, D extends Shape> =
  IsDynamic<D> extends true
    ? Shape
    : IsDynamic<S> extends true
      ? [number, ...{ -readonly [I in keyof D]: number }]
      : S extends readonly [infer Batch extends number, ...infer Rest extends Shape]
        ? Rest['length'] extends D['length']
          ? [Batch, ...{ -readonly [I in keyof D]: S[D[I]] }]
          : ShapeMistake<`permute: dims ${Show<D>} do not fit ${Show<S>}`>
        : ShapeMistake<`permute: dims ${Show<D>} do not fit ${Show<S>}`>;

/** `[batch, features]` to `[batch, N, features]`. */
export interface RepeatVectorRule<N extends number> extends ShapeRule {
  readonly out: RepeatVectorShape<In<this>, N>;
}
type RepeatVectorShape<S extends Shape, N extends number> =
  IsDynamic<S> extends true
    ? [number, N, number]
    : S extends readonly [infer Batch extends number, infer Features extends number]
      ? [Batch, N, Features]
      : ShapeMistake<`repeatVector: expects rank 2 [batch,features], got ${Show<S>}`>;

/** `[batch, time]` to `[batch, time, units]`, or any other shape of indices. */
export interface EmbeddingRule<U extends number> extends ShapeRule {
  readonly out: EmbeddingShape<In<this>, U>;
}
type EmbeddingShape<S extends Shape, U extends number> = IsDynamic<S> extends true ? Shape : [...S, U];

/** What a rule gives, with the last axis twice as wide where `Double`. */
export interface BidirectionalRule<R extends ShapeRule, Double extends boolean> extends ShapeRule {
  readonly out: BidirectionalShape<Apply<R, In<this>>, Double>;
}
type BidirectionalShape<Out, Double extends boolean> = [Out] extends [ShapeMistake]
  ? Out
  : boolean extends Double
    ? Shape
    : Double extends false
      ? Out
      : Out extends readonly [...infer Rest extends Shape, infer Units extends number]
        ? [...Rest, Add<Units, Units>]
        : Shape;

/** `[batch, time, ...rest]` to `[batch, time, ...out]`, where `R` makes `[batch, ...out]` of `[batch, ...rest]`. */
export interface TimeDistributedRule<R extends ShapeRule> extends ShapeRule {
  readonly out: TimeDistributedShape<In<this>, R>;
}
type TimeDistributedShape<S extends Shape, R extends ShapeRule> =
  IsDynamic<S> extends true
    ? Shape
    : S extends readonly [infer Batch extends number, infer Time extends number, ...infer Rest extends Shape]
      ? Apply<R, [number, ...Rest]> extends infer Out
        ? Out extends readonly [number, ...infer Each extends Shape]
          ? [Batch, Time, ...Each]
          : [Out] extends [ShapeMistake]
            ? Out
            : Shape
        : never
      : ShapeMistake<`timeDistributed: expects rank 2 or more [batch,time,...], got ${Show<S>}`>;

/** Attention of a sequence on itself, positions: `[batch, time, features]` stays. */
export interface SequenceSameRule<Name extends string> extends ShapeRule {
  readonly out: SequenceSameShape<In<this>, Name>;
}
type SequenceSameShape<S extends Shape, Name extends string> =
  IsDynamic<S> extends true
    ? Shape
    : S extends readonly [number, number, number]
      ? S
      : ShapeMistake<`${Name}: expects rank 3 [batch,time,features], got ${Show<S>}`>;

/** `[batch, time, features]` to `[batch, units]`, or to `[batch, time, units]` where sequences are returned. */
export interface RecurrentRule<
  U extends number,
  Sequences extends boolean = false,
  Name extends string = 'recurrent',
> extends ShapeRule {
  readonly out: RecurrentShape<In<this>, U, Sequences, Name>;
}
type RecurrentShape<
  S extends Shape,
  U extends number,
  Sequences extends boolean,
  Name extends string,
> = boolean extends Sequences
  ? Shape
  : IsDynamic<S> extends true
    ? Sequences extends true
      ? [number, number, U]
      : [number, U]
    : S extends readonly [infer Batch extends number, infer Time extends number, number]
      ? Sequences extends true
        ? [Batch, Time, U]
        : [Batch, U]
      : ShapeMistake<`${Name}: expects rank 3 [batch,time,features], got ${Show<S>}`>;
