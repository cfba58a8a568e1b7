import type { FlattenShape, IsDynamic, Multiply, Padding, PerAxis1d, PerAxis2d, ReduceShape } from '@chainrule/tensor';
import type { ReshapeShape, Shape, ShapeMistake, Show, WindowShape } from '@chainrule/tensor';

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

/** `[batch, width, channels]` to `[batch, width, filters]`. */
export interface Conv1dRule<
  F extends number,
  K extends PerAxis1d,
  S extends PerAxis1d = 1,
  P extends Padding = 'valid',
  D extends PerAxis1d = 1,
> extends ShapeRule {
  readonly out: WindowShape<In<this>, 1, F, K, S, P, D, 'conv1d'>;
}

/** `[batch, height, width, channels]` to `[batch, height, width, filters]`. */
export interface Conv2dRule<
  F extends number,
  K extends PerAxis2d,
  S extends PerAxis2d = 1,
  P extends Padding = 'valid',
  D extends PerAxis2d = 1,
> extends ShapeRule {
  readonly out: WindowShape<In<this>, 2, F, K, S, P, D, 'conv2d'>;
}

/** `[batch, height, width, channels]` to `[batch, height, width, channels * M]`. */
export interface DepthwiseConv2dRule<
  M extends number,
  K extends PerAxis2d,
  S extends PerAxis2d = 1,
  P extends Padding = 'valid',
  D extends PerAxis2d = 1,
> extends ShapeRule {
  readonly out: WindowShape<In<this>, 2, Multiply<Channels<In<this>>, M>, K, S, P, D, 'depthwiseConv2d'>;
}
type Channels<S extends Shape> = S extends readonly [...Shape, infer C extends number] ? C : number;

/** `[batch, width, channels]`, with windows over the width. `Name` is the layer's. */
export interface Pool1dRule<K extends PerAxis1d, S extends PerAxis1d, P extends Padding, Name extends string>
  extends ShapeRule {
  readonly out: WindowShape<In<this>, 1, never, K, S, P, 1, Name>;
}

/** `[batch, height, width, channels]`, with windows over height and width. `Name` is the layer's. */
export interface Pool2dRule<K extends PerAxis2d, S extends PerAxis2d, P extends Padding, Name extends string>
  extends ShapeRule {
  readonly out: WindowShape<In<this>, 2, never, K, S, P, 1, Name>;
}
/** `Pool2dRule` of `maxPool2d`. */
export type MaxPool2dRule<K extends PerAxis2d = 2, S extends PerAxis2d = K, P extends Padding = 'valid'> =
  Pool2dRule<K, S, P, 'maxPool2d'>;
/** `Pool2dRule` of `averagePool2d`. */
export type AveragePool2dRule<K extends PerAxis2d = 2, S extends PerAxis2d = K, P extends Padding = 'valid'> =
  Pool2dRule<K, S, P, 'averagePool2d'>;

/** `[batch, height, width, channels]` to `[batch, channels]`. `Name` is the layer's. */
export interface GlobalPool2dRule<Name extends string> extends ShapeRule {
  readonly out: GlobalPool2dShape<In<this>, Name>;
}
type GlobalPool2dShape<S extends Shape, Name extends string> =
  IsDynamic<S> extends true
    ? [number, number]
    : S['length'] extends 4
      ? ReduceShape<S, readonly [1, 2], false, Name>
      : ShapeMistake<`${Name}: expects rank 4 [batch,height,width,channels], got ${Show<S>}`>;

/** `[batch, time]` to `[batch, time, units]`, or any other shape of indices. */
export interface EmbeddingRule<U extends number> extends ShapeRule {
  readonly out: EmbeddingShape<In<this>, U>;
}
type EmbeddingShape<S extends Shape, U extends number> = IsDynamic<S> extends true ? Shape : [...S, U];

/** `[batch, time, features]` to `[batch, units]`, or to `[batch, time, units]` where sequences are returned. */
export interface RecurrentRule<U extends number, Sequences extends boolean = false, Name extends string = 'recurrent'>
  extends ShapeRule {
  readonly out: RecurrentShape<In<this>, U, Sequences, Name>;
}
type RecurrentShape<S extends Shape, U extends number, Sequences extends boolean, Name extends string> =
  boolean extends Sequences
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
