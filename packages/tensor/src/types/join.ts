import type { Add, ExactDivide } from './arith.ts';
import type { Axis, AxisMessage, ReplaceAxis, SizeAt } from './axis.ts';
import type { CommonSize } from './broadcast.ts';
import type { InsertAxisShape } from './layout.ts';
import type { IsDynamic, Shape, ShapeMistake, Show, TypedTensor, UnknownSizes } from './tensor.ts';

type ShapeOf<T> = T extends TypedTensor<infer S> ? S : Shape;
type DTypeOfOne<T> = T extends TypedTensor<Shape, infer D> ? D : never;

/** The dtype of a list of tensors, or a mistake if two differ. */
export type ListDType<T extends readonly TypedTensor[], Name extends string> = T extends readonly [
  infer First extends TypedTensor,
  ...infer Rest extends readonly TypedTensor[],
]
  ? JoinDTypes<Rest, DTypeOfOne<First>, Name>
  : DTypeOfOne<T[number]>;
type JoinDTypes<T extends readonly TypedTensor[], D, Name extends string> = T extends readonly [
  infer First,
  ...infer Rest extends readonly TypedTensor[],
]
  ? [CommonSize<D, DTypeOfOne<First>>] extends [never]
    ? ShapeMistake<`${Name}: dtypes must match, got ${D & string} and ${DTypeOfOne<First>}`>
    : JoinDTypes<Rest, CommonSize<D, DTypeOfOne<First>>, Name>
  : D;

/** The shape of tensors joined along an axis. All other sizes must agree. */
export type ConcatShape<T extends readonly TypedTensor[], A extends number> = T extends readonly [
  infer First,
  ...infer Rest,
]
  ? ConcatAll<Rest, A, ShapeOf<First>>
  : Shape;
type ConcatAll<T extends readonly unknown[], A extends number, R> = R extends Shape
  ? T extends readonly [infer First, ...infer Rest]
    ? ConcatAll<Rest, A, ConcatTwo<R, ShapeOf<First>, A>>
    : 'out' extends Axis<R, A>
      ? IsDynamic<R> extends true
        ? Shape
        : ShapeMistake<AxisMessage<R, 'concat'>>
      : R
  : R;
type ConcatTwo<A extends Shape, B extends Shape, X extends number> = true extends IsDynamic<A> | IsDynamic<B>
  ? Shape
  : number extends X
    ? UnknownSizes<A>
    : 'out' extends Axis<A, X>
      ? ShapeMistake<AxisMessage<A, 'concat'>>
      : [JoinSizes<A, B, Axis<A, X>>] extends [never]
        ? ShapeMistake<`concat: ${Show<A>} and ${Show<B>} must agree outside axis ${X}`>
        : JoinSizes<A, B, Axis<A, X>>;
/** Sizes that are added on axis X and equal elsewhere; `never` if they differ. */
type JoinSizes<A extends Shape, B extends Shape, X, I extends 0[] = [], R extends Shape = []> = A extends readonly [
  infer A0 extends number,
  ...infer A1 extends Shape,
]
  ? B extends readonly [infer B0 extends number, ...infer B1 extends Shape]
    ? I['length'] extends X
      ? JoinSizes<A1, B1, X, [...I, 0], [...R, Add<A0, B0>]>
      : [CommonSize<A0, B0>] extends [never]
        ? never
        : JoinSizes<A1, B1, X, [...I, 0], [...R, CommonSize<A0, B0> & number]>
    : never
  : B extends readonly []
    ? R
    : never;

/** The shape of tensors stacked along a new axis. */
export type StackShape<T extends readonly TypedTensor[], A extends number> = T extends readonly [
  infer First,
  ...infer Rest,
]
  ? CommonShape<Rest, ShapeOf<First>> extends infer R
    ? R extends Shape
      ? InsertAxisShape<R, A, T['length'], 'stack'>
      : R
    : never
  : Shape;
type CommonShape<T extends readonly unknown[], R> = R extends Shape
  ? T extends readonly [infer First, ...infer Rest]
    ? CommonShape<Rest, CommonOfTwo<R, ShapeOf<First>>>
    : R
  : R;
type CommonOfTwo<A extends Shape, B extends Shape> = true extends IsDynamic<A> | IsDynamic<B>
  ? Shape
  : [JoinSizes<A, B, never>] extends [never]
    ? ShapeMistake<`stack: shapes must match, got ${Show<A>} and ${Show<B>}`>
    : JoinSizes<A, B, never>;

/** The shape of each of `N` equal parts along an axis. */
export type SplitShape<S extends Shape, N extends number, A extends number> =
  IsDynamic<S> extends true
    ? Shape
    : number extends A
      ? UnknownSizes<S>
      : Axis<S, A> extends infer X
        ? X extends 'out'
          ? ShapeMistake<AxisMessage<S, 'split'>>
          : [ExactDivide<SizeAt<S, X>, N>] extends [never]
            ? ShapeMistake<`split: axis ${A} of ${Show<S>} does not divide into ${N} parts`>
            : ReplaceAxis<S, X, [ExactDivide<SizeAt<S, X>, N>]>
        : never;

/** A tuple of `N` times `T`; an array if `N` is unknown. */
export type Times<T, N extends number, R extends readonly T[] = []> = number extends N
  ? T[]
  : R['length'] extends N
    ? R
    : R['length'] extends 100
      ? T[]
      : Times<T, N, [...R, T]>;
