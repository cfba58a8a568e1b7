import type { InputShape, OutputShape, ShapeRule, WithShapeRule } from '@chainrule/layers-core';
import type { Shape, ShapeMistake, Show, TypedTensor } from '@chainrule/tensor';

/** Adds a batch axis, whose size is only known when data arrive, to a shape. */
export type Batched<S extends Shape> = [number, ...S];

type AsShape<R> = [R] extends [Shape] ? R : Shape;

/** The output shape of all layers. It is unknown after a mistake, a spread list, or a layer without a rule. */
export type SequentialOutput<S extends Shape, L extends readonly WithShapeRule[]> = L extends readonly [
  WithShapeRule<infer R>,
  ...infer Rest extends readonly WithShapeRule[],
]
  ? OutputShape<R, S> extends infer Out
    ? [Out] extends [ShapeMistake]
      ? Shape
      : SequentialOutput<AsShape<Out>, Rest>
    : never
  : L extends readonly []
    ? S
    : Shape;

/** The tuple of layers, with the first wrong one replaced by its mistake. */
export type CheckLayers<
  S extends Shape,
  L extends readonly WithShapeRule[],
  Done extends readonly unknown[] = [],
> = L extends readonly [infer First extends WithShapeRule, ...infer Rest extends readonly WithShapeRule[]]
  ? OutputShape<First['~rule'], S> extends infer Out
    ? [Out] extends [ShapeMistake<infer Message>]
      ? [...Done, ShapeMistake<`layer ${Done['length']}: ${Message}`>, ...Rest]
      : CheckLayers<AsShape<Out>, Rest, [...Done, First]>
    : never
  : L extends readonly []
    ? Done
    : L;

/**
 * The type of a rest parameter of layers: `L`, or with the mistake in the place of the wrong layer, so that the error
 * stands on it. `S` includes the batch axis.
 */
export type CheckedLayers<S extends Shape, L extends readonly WithShapeRule[]> =
  L extends CheckLayers<S, L> ? L : CheckLayers<S, L> extends infer C extends readonly unknown[] ? C : L;

/** A model used as a layer: what it was built for, to what it returns. */
export interface ModelRule<Input extends Shape, Output extends Shape> extends ShapeRule {
  readonly output: TypedTensor<InputShape<this>> extends TypedTensor<Input>
    ? Output
    : ShapeMistake<`model: expects ${Show<Input>}, got ${Show<InputShape<this>>}`>;
}
