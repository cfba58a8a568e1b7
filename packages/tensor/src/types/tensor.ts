import type { DType } from './dtype.ts';

/** The sizes of a tensor's axes. A tuple of literals is checked by the compiler, `number` is a size known later. */
export type Shape = readonly number[];

/**
 * The phantom that carries shape and dtype; no value of it ever exists.
 *
 * Sizes stand in parameters of *methods*, which TypeScript compares in both directions, and are mapped one by
 * one. So `number` fits every size, an unknown rank fits every rank, and 10 never fits 11.
 */
export interface Matches<S extends Shape, D extends DType> {
  matches(shape: { readonly [K in keyof S]: { matches(size: S[K]): void } }, dtype: D): void;
}

/** What makes a value a tensor for the shape types; the class `Tensor` implements it. */
export interface TypedTensor<S extends Shape = Shape, D extends DType = DType> {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly '~shape': Matches<S, D>;
}

/** What a shape rule returns for shapes that cannot fit; `Message` is what the user reads. */
export interface ShapeMistake<Message extends string = string> {
  readonly '~mistake': Message;
}

/**
 * Intersected with a parameter's type: the mistake that the rule `R` found, else nothing. `any` passes.
 *
 * The message is taken out and wrapped again because TypeScript infers into the branches of a condition: with `R`
 * itself there, an argument would stand in for type parameters of the rule.
 */
export type Guard<R> = 0 extends 1 & R ? unknown : [R] extends [ShapeMistake<infer M>] ? ShapeMistake<M> : unknown;

/**
 * The shape that the rule `R` found. A mistake becomes `any`, so that it is reported once, at the argument. So does what
 * cannot be decided yet in generic code: with `Shape` there, `[10, B]` would no longer fit itself.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- `Shape` or `never` would report the mistake again
export type Ok<R> = [R] extends [ShapeMistake] ? any : R extends Shape ? R : any;

/** Whether even the rank is unknown. */
export type IsDynamic<S extends Shape> = number extends S['length'] ? true : false;

/** The shape without `readonly`, as it is shown in hovers. */
export type Mutable<S extends Shape> = IsDynamic<S> extends true ? Shape : { -readonly [K in keyof S]: S[K] };

/** The rank of `S` with every size unknown. */
export type Unsized<S extends Shape> = { -readonly [K in keyof S]: number };

/**
 * Whether `X` is assignable to `Y`. Given both in a tuple, as `Within<[A], [B]>`, TypeScript also decides it for
 * type parameters where the answer does not depend on them; written in place, it would put off the decision.
 */
export type Within<X, Y> = X extends Y ? true : false;

/**
 * `T` in a place from which it is not inferred, for options in result types: what the caller expects must not stand in
 * for an option that is absent. `NoInfer` would wrap tuples, and rules that map over them would see the wrapper.
 */
export type Settled<T> = T extends infer Plain ? Plain : never;

/** A shape as messages print it: `[?,28,28,3]`, or `[...]` where the rank is unknown. */
export type Show<S extends Shape> = IsDynamic<S> extends true ? '[...]' : `[${ShowSizes<S>}]`;

/** A size as messages print it. */
export type ShowSize<N> = number extends N ? '?' : N extends number ? `${N}` : '?';

type ShowSizes<S extends Shape> = S extends readonly [infer First, ...infer Rest extends Shape]
  ? Rest extends readonly []
    ? ShowSize<First>
    : `${ShowSize<First>},${ShowSizes<Rest>}`
  : '';
