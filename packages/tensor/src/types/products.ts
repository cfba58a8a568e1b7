import type { Subtract } from './arith.ts';
import type { SameSize } from './broadcast.ts';
import type { IsDynamic, Shape, ShapeMistake, Show, UnknownSizes } from './tensor.ts';

/** `[n] x [m]` to `[n, m]`. */
export type OuterShape<A extends Shape, B extends Shape> =
  IsDynamic<A> extends true
    ? IsDynamic<B> extends true
      ? [number, number]
      : OuterShape<[number], B>
    : IsDynamic<B> extends true
      ? OuterShape<A, [number]>
      : [A['length'], B['length']] extends [1, 1]
        ? [...A, ...B]
        : ShapeMistake<`outer: expects rank 1, got ${Show<A>} and ${Show<B>}`>;

/** The last axis of `A` against the first axis of a vector, or the second-to-last of a matrix `B`. */
export type DotShape<A extends Shape, B extends Shape> = true extends IsDynamic<A> | IsDynamic<B>
  ? Shape
  : [A['length'], B['length']] extends [1 | 2, 1 | 2]
    ? A extends readonly [...infer Rows extends Shape, infer K]
      ? B extends readonly [infer K2, ...infer Columns extends Shape]
        ? SameSize<K, K2> extends true
          ? [...Rows, ...Columns]
          : ShapeMistake<`dot: the last axis of \`a\` must match the first of \`b\`, got ${Show<A>} and ${Show<B>}`>
        : never
      : never
    : ShapeMistake<`dot: expects rank 1 or 2, got ${Show<A>} and ${Show<B>}`>;

/** The last `N` axes of `A` contracted with the first `N` of `B`. */
export type TensordotShape<A extends Shape, B extends Shape, N> = true extends IsDynamic<A> | IsDynamic<B>
  ? Shape
  : N extends number
    ? number extends N
      ? Shape
      : [Take<B, N>] extends [never]
        ? CountMistake<A, B, N>
        : [Subtract<A['length'], N>] extends [never]
          ? CountMistake<A, B, N>
          : Join<A, Take<B, N>, Subtract<A['length'], N>>
    : Shape;
type CountMistake<
  A extends Shape,
  B extends Shape,
  N extends number,
> = ShapeMistake<`tensordot: \`axes\` must be two lists or an integer of at most the ranks of ${Show<A>} and ${Show<B>}, got ${N}`>;
/** The first `N` sizes and the rest, or `never`. */
type Take<S extends Shape, N extends number, Head extends Shape = []> = Head['length'] extends N
  ? [Head, S]
  : S extends readonly [infer First extends number, ...infer Rest extends Shape]
    ? Take<Rest, N, [...Head, First]>
    : never;
type Join<A extends Shape, B, Free extends number> = [Take<A, Free>, B] extends [
  [infer Rows extends Shape, infer K extends Shape],
  [infer K2 extends Shape, infer Columns extends Shape],
]
  ? AllSame<K, K2> extends true
    ? [...Rows, ...Columns]
    : ShapeMistake<`tensordot: contracted axes must have the same sizes, got ${Show<K>} and ${Show<K2>}`>
  : never;
type AllSame<A extends Shape, B extends Shape> =
  UnknownSizes<A> extends UnknownSizes<B>
    ? false extends { [K in keyof A]: K extends keyof B ? SameSize<A[K], B[K]> : true }[number]
      ? false
      : true
    : false;
