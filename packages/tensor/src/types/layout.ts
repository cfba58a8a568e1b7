import type { ExactDivide, Multiply, Product } from './arith.ts';
import type { Axis, AxisMessage, DropAxes, SizeAt } from './axis.ts';
import type { SameSize } from './broadcast.ts';
import type { IsDynamic, Mutable, Shape, ShapeMistake, Show, UnknownSizes } from './tensor.ts';

/** The axes in reverse order. */
export type ReversedShape<S extends Shape, R extends Shape = []> =
  IsDynamic<S> extends true
    ? Shape
    : S extends readonly [infer First extends number, ...infer Rest extends Shape]
      ? ReversedShape<Rest, [First, ...R]>
      : R;

/** The axes in the order of the permutation `P`. */
export type TransposeShape<S extends Shape, P extends Shape> =
  IsDynamic<S> extends true
    ? Shape
    : IsDynamic<P> extends true
      ? UnknownSizes<S>
      : P['length'] extends S['length']
        ? number extends P[number]
          ? UnknownSizes<S>
          : IsPermutation<S, Axis<S, P[number]>> extends true
            ? { -readonly [K in keyof P]: SizeAt<S, Axis<S, P[K]>> }
            : PermutationMistake<S, P>
        : PermutationMistake<S, P>;
type PermutationMistake<
  S extends Shape,
  P extends Shape,
> = ShapeMistake<`transpose: \`axes\` must be a permutation of the axes of ${Show<S>}, got ${Show<P>}`>;
/** Checks the axes of a permutation of the right length: none is out of range, and none is missing. */
type IsPermutation<S extends Shape, Axes extends number | 'out'> = [Exclude<keyof S & `${number}`, `${Axes}`>] extends [
  never,
]
  ? true
  : false;

/** The target shape. A size of -1 is replaced by the remaining size. */
export type ReshapeShape<S extends Shape, T extends Shape> =
  IsDynamic<T> extends true
    ? Shape
    : -1 extends T[number]
      ? ReshapeWild<S, T>
      : IsDynamic<S> extends true
        ? Mutable<T>
        : SameSize<Product<S>, Product<T>> extends true
          ? Mutable<T>
          : ShapeMistake<`reshape: ${Show<S>} has ${Product<S>} elements, ${Show<T>} has ${Product<T>}`>;
type ReshapeWild<S extends Shape, T extends Shape> = true extends
  IsDynamic<S> | (number extends T[number] ? true : false)
  ? FillWild<T, number>
  : [ExactDivide<Product<S>, ProductButWild<T>>] extends [never]
    ? ShapeMistake<`reshape: ${Show<S>} does not divide into ${Show<T>}`>
    : FillWild<T, ExactDivide<Product<S>, ProductButWild<T>>>;
type FillWild<T extends Shape, N extends number> = { -readonly [K in keyof T]: T[K] extends -1 ? N : T[K] };
type ProductButWild<S extends Shape, R extends number = 1> = S extends readonly [
  infer First extends number,
  ...infer Rest extends Shape,
]
  ? ProductButWild<Rest, First extends -1 ? R : Multiply<R, First>>
  : R;

/** `[batch, ...rest]` to `[batch, product of the rest]`. */
export type FlattenShape<S extends Shape> =
  IsDynamic<S> extends true
    ? [number, number]
    : S extends readonly [infer Batch extends number, ...infer Rest extends Shape]
      ? [Batch, Product<Rest>]
      : ShapeMistake<`flatten: expects rank 1 or more, got ${Show<S>}`>;

/** The shape with a new axis of size `N` at `A`. */
export type InsertAxisShape<S extends Shape, A extends number, N extends number, Name extends string> =
  IsDynamic<S> extends true
    ? Shape
    : number extends A
      ? UnknownSizes<[...S, N]>
      : Axis<[...S, N], A> extends infer X
        ? X extends 'out'
          ? ShapeMistake<`${AxisMessage<[...S, N], Name>}, got ${A}`>
          : InsertAt<S, X, N>
        : never;
type InsertAt<S extends Shape, X, N extends number, I extends 0[] = [], R extends Shape = []> = I['length'] extends X
  ? [...R, N, ...S]
  : S extends readonly [infer First extends number, ...infer Rest extends Shape]
    ? InsertAt<Rest, X, N, [...I, 0], [...R, First]>
    : R;

export type ExpandDimsShape<S extends Shape, A extends number> = InsertAxisShape<S, A, 1, 'expandDims'>;

/**
 * The shape without axis `A`, which must have size 1. `A` is `never` if the option is absent; then the rank is unknown.
 */
export type SqueezeShape<S extends Shape, A extends number> =
  IsDynamic<S> extends true
    ? Shape
    : [A] extends [never]
      ? Shape
      : number extends A
        ? Shape
        : SqueezeAt<S, A, Axis<S, A>>;
type SqueezeAt<S extends Shape, A extends number, X> = X extends 'out'
  ? ShapeMistake<AxisMessage<S, 'squeeze'>>
  : SameSize<SizeAt<S, X>, 1> extends true
    ? DropAxes<S, X, false>
    : ShapeMistake<`squeeze: axis ${A} of ${Show<S>} must have size 1`>;
