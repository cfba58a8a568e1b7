import type { DType } from './dtype.ts';

/** The sizes of a tensor's axes. The compiler checks a tuple of literals; `number` is a size known at run time. */
export type Shape = readonly number[];

/**
 * A phantom type that carries shape and dtype. No value of it exists.
 *
 * Sizes are parameters of *methods*, which TypeScript compares bivariantly, and are mapped one by one. So `number` fits
 * every size, an unknown rank fits every rank, and 10 never fits 11.
 */
export interface Matches<S extends Shape, D extends DType> {
  matches(shape: { readonly [K in keyof S]: { matches(size: S[K]): void } }, dtype: D): void;
}

/** The members that the shape types read from a tensor. The class `Tensor` implements it. */
export interface TypedTensor<S extends Shape = Shape, D extends DType = DType> {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly '~shape': Matches<S, D>;
}

/** The result of a shape rule for shapes that do not fit. `Message` is the error that the user reads. */
export interface ShapeMistake<Message extends string = string> {
  readonly '~mistake': Message;
}

/**
 * A type to intersect a parameter with: the mistake that rule `R` found, or `unknown`. `any` passes.
 *
 * The message is extracted and wrapped again because TypeScript infers into the branches of a conditional type: with
 * `R` itself there, an argument could be inferred for type parameters of the rule.
 */
export type Guard<R> = 0 extends 1 & R ? unknown : [R] extends [ShapeMistake<infer M>] ? ShapeMistake<M> : unknown;

/**
 * The shape that rule `R` found. A mistake becomes `any`, so that it is reported only once, at the argument. Shapes
 * that generic code cannot decide yet become `any`, too: with `Shape`, `[10, B]` would not fit itself.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- `Shape` or `never` would report the mistake again
export type Ok<R> = [R] extends [ShapeMistake] ? any : R extends Shape ? R : any;

/** Whether even the rank is unknown. */
export type IsDynamic<S extends Shape> = number extends S['length'] ? true : false;

/** The shape without `readonly`, for readable hovers. */
export type Mutable<S extends Shape> = IsDynamic<S> extends true ? Shape : { -readonly [K in keyof S]: S[K] };

/** A shape of the rank of `S` with unknown sizes. */
export type UnknownSizes<S extends Shape> = { -readonly [K in keyof S]: number };

/**
 * Whether `X` is assignable to `Y`. With both in a tuple, as in `Extends<[A], [B]>`, TypeScript resolves it for type
 * parameters if the answer does not depend on them; an inline conditional type would be deferred.
 */
export type Extends<X, Y> = X extends Y ? true : false;

/**
 * `T` as a type that is not an inference site, for options in result types: an expected result must not be inferred as
 * the value of an absent option. `NoInfer` would wrap tuples, and rules that map over them would see the wrapper.
 */
export type NonInferrable<T> = T extends infer Plain ? Plain : never;

/** A shape as messages print it: `[?,28,28,3]`, or `[...]` if the rank is unknown. */
export type Show<S extends Shape> = IsDynamic<S> extends true ? '[...]' : `[${ShowSizes<S>}]`;

/** A size as messages print it. */
export type ShowSize<N> = number extends N ? '?' : N extends number ? `${N}` : '?';

type ShowSizes<S extends Shape> = S extends readonly [infer First, ...infer Rest extends Shape]
  ? Rest extends readonly []
    ? ShowSize<First>
    : `${ShowSize<First>},${ShowSizes<Rest>}`
  : '';
