import type { OutputShape, ShapeRule, Value, WithShapeRule } from '@chainrule/layers-core';
import type { DType, Shape, ShapeMistake, Show, Tensor, TypedTensor } from '@chainrule/tensor';
import type { Tree } from '@chainrule/tensor/graph';
import type { SymbolicTensor, SymbolicTree } from './symbolicTensor.ts';

/** One shape, or several in arrays and objects. */
export type ShapeTree = Shape | readonly ShapeTree[] | { readonly [key: string]: ShapeTree };

// Interfaces with trees of shapes have two phantom properties, `~in` and `~out`. Their removed modifiers make TypeScript
// compare such interfaces member by member; otherwise it would take the parameters for invariant, since they stand in
// conditional types, and a model of known shapes would not be a `Model`.

/** Adds a batch axis, whose size is only known when data arrive, to a shape. */
export type Batched<S extends Shape> = [number, ...S];

/** The shapes of symbolic tensors, with the batch. */
export type ShapesOf<T> = SymbolicTree extends T
  ? ShapeTree
  : T extends SymbolicTensor<infer S>
    ? number extends S['length']
      ? Shape
      : Batched<S>
    : { -readonly [K in keyof T]: ShapesOf<T[K]> };

/** The dtypes that were given to `input`, in the form of the symbolic tensors; `DType` if none was. */
export type DTypesOf<T> = SymbolicTree extends T
  ? DType
  : [GivenDTypes<T>] extends [never]
    ? DType
    : T extends SymbolicTensor<infer _, infer D>
      ? D
      : { -readonly [K in keyof T]: DTypesOf<T[K]> };

/** The union of the dtypes that were given. */
type GivenDTypes<T> =
  T extends SymbolicTensor<infer _, infer D>
    ? DType extends D
      ? never
      : D
    : T extends readonly (infer Each)[]
      ? GivenDTypes<Each>
      : { [K in keyof T]: GivenDTypes<T[K]> }[keyof T];

/**
 * A phantom type that makes TypeScript compare an interface member by member, because a modifier is removed from a mapped type
 * of its parameter. It is the same type for every `D`, so that a model of known dtypes is a `Model`.
 */
export type Unmeasured<D> = { -readonly [K in D extends unknown ? 'of' : 'of']-?: unknown };

/** The dtype of a chain's samples: that of the input, or else the one that the first layer needs. */
export type ChainDType<D extends DType, L extends readonly WithShapeRule[]> = DType extends D
  ? L extends readonly [WithShapeRule<infer R>, ...unknown[]]
    ? R extends { readonly takes: infer T extends DType }
      ? T
      : DType
    : DType
  : D;

/** The symbolic tensors of shapes that have a batch. */
export type SymbolicsOf<S> = ShapeTree extends S
  ? SymbolicTree
  : S extends Shape
    ? SymbolicTensor<S extends readonly [number, ...infer Sample extends Shape] ? Sample : Shape>
    : { readonly [K in keyof S]: SymbolicsOf<S[K]> };

/** Tensors of these shapes. */
export type TensorsOf<S> = ShapeTree extends S
  ? Tree
  : S extends Shape
    ? Tensor<S>
    : { readonly [K in keyof S]: TensorsOf<S[K]> };

/** A value in the place of each shape. */
export type ValuesOf<S> = ShapeTree extends S
  ? Tree<Value>
  : S extends Shape
    ? Value
    : { readonly [K in keyof S]: ValuesOf<S[K]> };

type AsShape<R> = unknown extends R ? Shape : R;

/** The output shape of all layers. It is unknown after a mistake, a spread list, or a layer without a rule. */
export type SequentialOutput<S, L extends readonly WithShapeRule[]> = L extends readonly [
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
  S,
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
export type CheckedLayers<S, L extends readonly WithShapeRule[]> =
  L extends CheckLayers<S, L> ? L : CheckLayers<S, L> extends infer C extends readonly unknown[] ? C : L;

/** A model used as a layer: what it was built for, to what it returns. */
export interface ModelRule<Input, Output> extends ShapeRule {
  readonly output: Fits<this['input'], Input> extends true
    ? Output
    : ShapeMistake<`model: expects ${ShowTree<Input>}, got ${ShowTree<this['input']>}`>;
}

/** Whether shapes fit those of a model. What is not known fits. */
type Fits<Given, Input> = unknown extends Given
  ? true
  : Input extends Shape
    ? Given extends Shape
      ? TypedTensor<Given> extends TypedTensor<Input>
        ? true
        : false
      : false
    : keyof Input extends keyof Given
      ? { [K in keyof Input]: K extends keyof Given ? Fits<Given[K], Input[K]> : false }[keyof Input &
          (number | string)] extends true
        ? true
        : false
      : false;

type ShowTree<T> = T extends Shape ? Show<T> : 'another tree of tensors';
