import type { DType } from './dtype.ts';
import type { Guard, IsDynamic, Mutable, Ok, Shape, ShapeMistake, Show, Extends } from './tensor.ts';

/** The size that two sizes broadcast to; `never` if they conflict. */
export type BroadcastSize<X, Y> = [X] extends [1]
  ? Y
  : [Y] extends [1]
    ? X
    : Extends<[X], [Y]> extends true
      ? X
      : Extends<[Y], [X]> extends true
        ? Y
        : never;

/** The common size of two sizes; if one is unknown, the other. `never` if they differ. */
export type CommonSize<X, Y> = Extends<[X], [Y]> extends true ? X : Extends<[Y], [X]> extends true ? Y : never;

/** Whether two sizes can be equal. */
export type SameSize<X, Y> = Extends<[X], [Y]> extends true ? true : Extends<[Y], [X]>;

/** The sizes aligned at the end, or `never`. */
type BroadcastSizes<A extends Shape, B extends Shape, R extends Shape = []> = A extends readonly [
  ...infer A1 extends Shape,
  infer A0,
]
  ? B extends readonly [...infer B1 extends Shape, infer B0]
    ? [BroadcastSize<A0, B0>] extends [never]
      ? never
      : BroadcastSizes<A1, B1, [BroadcastSize<A0, B0> & number, ...R]>
    : [...A, ...R]
  : [...B, ...R];

/** NumPy broadcasting of two shapes. */
export type Broadcast<A extends Shape, B extends Shape, Name extends string> = true extends IsDynamic<A> | IsDynamic<B>
  ? Shape
  : [A, B] extends [B, A]
    ? A
    : [BroadcastSizes<A, B>] extends [never]
      ? ShapeMistake<`${Name}: cannot broadcast ${Show<A>} with ${Show<B>}`>
      : BroadcastSizes<A, B>;

/** Broadcasting to a fixed shape. */
export type BroadcastToShape<S extends Shape, T extends Shape> = true extends IsDynamic<S> | IsDynamic<T>
  ? Mutable<T>
  : [StretchSizes<S, T>] extends [never]
    ? ShapeMistake<`broadcastTo: cannot broadcast ${Show<S>} to ${Show<T>}`>
    : Mutable<T>;
/** `never` unless every size of S is 1 or equals that of T. */
type StretchSizes<S extends Shape, T extends Shape> = S extends readonly [...infer S1 extends Shape, infer S0]
  ? T extends readonly [...infer T1 extends Shape, infer T0]
    ? [S0] extends [1]
      ? StretchSizes<S1, T1>
      : SameSize<S0, T0> extends true
        ? StretchSizes<S1, T1>
        : never
    : never
  : true;

/*
 * The operands of binary ops: tensors of shapes A and B and dtypes D and E, or plain numbers. M and N are the types of
 * the operands themselves. They distinguish a number from a tensor whose shape is a type parameter, so `add(x, 1)` and
 * `add(x, x)` need no cast in generic code.
 */

/** The operand's type if it is a plain number. */
export type NumberOnly<M> = [M] extends [number] ? M : never;

/** Whether no alignment is needed: a scalar on the right, or the same shape twice. */
type IsTrivial<A extends Shape, B extends Shape> = Extends<[A, B], [B, A] | [unknown, readonly []]>;

/** The type that the second operand is intersected with. */
export type OperandGuard<
  A extends Shape,
  B extends Shape,
  D extends DType,
  E extends DType,
  M,
  N,
  Name extends string,
> = [M] extends [number]
  ? unknown
  : [N] extends [number]
    ? unknown
    : DTypeGuard<D, E, Name> & (IsTrivial<A, B> extends true ? unknown : Guard<Broadcast<A, B, Name>>);

/** The type of a second number. Two numbers are refused because the result would have no dtype; `any` passes. */
export type NumberBeside<M, N, Name extends string> = 0 extends 1 & M
  ? NumberOnly<N>
  : [M] extends [number]
    ? ShapeMistake<`${Name}: expects a tensor on one side`>
    : NumberOnly<N>;

/** Refuses two dtypes that differ. Unknown dtypes pass. */
export type DTypeGuard<D extends DType, E extends DType, Name extends string> =
  SameSize<D, E> extends true ? unknown : ShapeMistake<`${Name}: dtypes must match, got ${D} and ${E}`>;

/** The shape of a binary op's result. */
export type OperandShape<A extends Shape, B extends Shape, M, N, Name extends string> = [M] extends [number]
  ? B
  : [N] extends [number]
    ? A
    : IsTrivial<A, B> extends true
      ? A
      : Ok<Broadcast<A, B, Name>>;

/** The dtype of a binary op's result; if one is unknown, the other. */
export type OperandDType<D extends DType, E extends DType, M = object, N = object> = [M] extends [number]
  ? E
  : [N] extends [number]
    ? D
    : D & E;

/** The type that `a` of `where(condition, a, b)` is intersected with. */
export type ConditionGuard<C extends Shape, A extends Shape> =
  IsTrivial<C, A> extends true ? unknown : Guard<Broadcast<C, A, 'where'>>;

/** The type that `b` of `where(condition, a, b)` is intersected with. */
export type WhereGuard<C extends Shape, A extends Shape, B extends Shape, D extends DType, E extends DType, M, N> = [
  N,
] extends [number]
  ? unknown
  : ([M] extends [number] ? unknown : DTypeGuard<D, E, 'where'>) &
      ConditionGuard<OperandShape<C, A, object, M, 'where'>, B>;
