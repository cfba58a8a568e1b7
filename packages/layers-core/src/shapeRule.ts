import type { DType, IsDynamic, Shape, ShapeMistake, Show } from '@chainrule/tensor';

/**
 * A function from shape to shape at the level of types. A layer's package extends this interface and writes `output` in
 * terms of `InputShape<this>`; `sequential` applies the rules of its layers in order and does not need to know them.
 *
 * ```ts
 * interface DoubleRule extends ShapeRule {
 *   readonly output: InputShape<this> extends [infer B, infer N extends number] ? [B, Multiply<N, 2>] : Shape;
 * }
 * ```
 *
 * `input` is `unknown` because a constraint would turn tuples into arrays.
 */
export interface ShapeRule {
  readonly input: unknown;
  readonly output: unknown;
  /** The dtypes that the layer takes, if its type says them. `fit` checks samples by the first layer. */
  readonly takes?: DType;
}

/** The shape that a rule is applied to, including the batch axis; of several inputs the first, which most layers depend on. */
export type InputShape<R extends ShapeRule> = R['input'] extends infer S extends Shape
  ? S
  : R['input'] extends readonly [infer First extends Shape, ...unknown[]]
    ? First
    : Shape;

/** The shapes that a rule of several inputs is applied to: a tuple, or a list if their number is unknown. */
export type InputShapes<R extends ShapeRule> = R['input'] extends infer S extends Shape
  ? readonly [S]
  : R['input'] extends infer All extends readonly Shape[]
    ? All
    : readonly Shape[];

/**
 * The result of a rule for the shape `S`, or for a tuple of shapes: a shape, a `ShapeMistake`, or `unknown` for a layer
 * without a rule of its own.
 */
export type OutputShape<R extends ShapeRule, S> = (R & { readonly input: S })['output'];

/** A value with a shape rule, such as a layer or a model. */
export interface WithShapeRule<R extends ShapeRule = ShapeRule> {
  readonly '~rule': R;
}

/** Keeps the shape, as activations, normalization and dropout do. */
export interface SameShapeRule extends ShapeRule {
  readonly output: InputShape<this>;
}

/** Keeps the shape and requires one axis for each name in `Axes`. `Name` is the layer's type. */
export interface FixedRankRule<Name extends string, Axes extends readonly string[]> extends ShapeRule {
  readonly output: ExpectRank<InputShape<this>, Axes, Name>;
}

/** Keeps the shape `[batch, time, features]`. `Name` is the layer's type. */
export interface SequenceRule<Name extends string> extends ShapeRule {
  readonly output: ExpectSequence<InputShape<this>, Name>;
}

/**
 * `S` if it has one axis for each name in `Axes`, otherwise the mistake that `checkRank` throws. If the rank of `S` is
 * unknown, a shape of this rank with unknown sizes.
 */
export type ExpectRank<S extends Shape, Axes extends readonly string[], Name extends string> =
  IsDynamic<S> extends true
    ? { -readonly [I in keyof Axes]: number }
    : S['length'] extends Axes['length']
      ? S
      : ShapeMistake<RankMessage<S, Axes, Name>>;

/** `S` if it is `[batch, time, features]`, otherwise the mistake that `checkSequence` throws. */
export type ExpectSequence<S extends Shape, Name extends string> =
  IsDynamic<S> extends true
    ? [number, number, number]
    : S['length'] extends 3
      ? S
      : ShapeMistake<`${RankMessage<S, SequenceAxes, Name>}${S['length'] extends 2 ? SequenceRemedy : ''}`>;

type RankMessage<
  S extends Shape,
  Axes extends readonly string[],
  Name extends string,
> = `${Name}: expects rank ${Axes['length']} [${Join<Axes>}], got ${Show<S>}`;
type Join<Names extends readonly string[]> = Names extends readonly [
  infer First extends string,
  ...infer Rest extends readonly string[],
]
  ? Rest extends readonly []
    ? First
    : `${First},${Join<Rest>}`
  : '';

/** The axes of sequences. */
export type SequenceAxes = readonly ['batch', 'time', 'features'];
/** Advice for a layer that needs a sequence and got a matrix. */
export type SequenceRemedy =
  '; set `returnSequences: true` on a recurrent layer before it, or put `embedding` before it for token indices';
