import type { DType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { ConcatShape, ListDType, SplitShape, StackShape, Times } from '../../types/join.ts';
import type { PartShape, PartsRule } from '../../types/rearrange.ts';
import type { Guard, Ok, NonInferrable, Shape, ShapeMistake } from '../../types/tensor.ts';

/** The common dtype of the tensors. The argument reports a mistake. */
type Shared<T extends readonly Tensor[], Name extends string> =
  ListDType<T, Name> extends infer D extends DType ? D : DType;

/** `(tensors, axis = 0)` along an existing axis. */
export interface Concat {
  <const T extends readonly Tensor[], const A extends number>(
    tensors: T & Guard<ConcatShape<T, A>> & Guard<ListDType<T, 'concat'>>,
    options: { readonly axis: A },
  ): Tensor<Ok<ConcatShape<T, NonInferrable<A>>>, Shared<T, 'concat'>>;
  <const T extends readonly Tensor[], const A extends number = 0>(
    tensors: T & Guard<ConcatShape<T, A>> & Guard<ListDType<T, 'concat'>>,
    axis?: A,
  ): Tensor<Ok<ConcatShape<T, NonInferrable<A>>>, Shared<T, 'concat'>>;
}

/** `(tensors, axis = 0)` along a new axis. */
export interface Stack {
  <const T extends readonly Tensor[], const A extends number>(
    tensors: T & Guard<StackShape<T, A>> & Guard<ListDType<T, 'stack'>>,
    options: { readonly axis: A },
  ): Tensor<Ok<StackShape<T, NonInferrable<A>>>, Shared<T, 'stack'>>;
  <const T extends readonly Tensor[], const A extends number = 0>(
    tensors: T & Guard<StackShape<T, A>> & Guard<ListDType<T, 'stack'>>,
    axis?: A,
  ): Tensor<Ok<StackShape<T, NonInferrable<A>>>, Shared<T, 'stack'>>;
}

/** `(x, parts, axis = 0)`: equal parts as a tuple if their number is a literal, or parts of the given sizes. */
export interface Split {
  <S extends Shape, D extends DType, const N extends number, const A extends number>(
    x: Tensor<S, D>,
    parts: N & Guard<SplitShape<S, N, A>>,
    options: { readonly axis: A },
  ): SplitShape<S, N, NonInferrable<A>> extends ShapeMistake
    ? Tensor<Shape, D>[]
    : Times<Tensor<Ok<SplitShape<S, N, NonInferrable<A>>>, D>, N>;
  <S extends Shape, D extends DType, const P extends Shape, const A extends number>(
    x: Tensor<S, D>,
    sizes: P & Guard<PartsRule<S, P, A>>,
    options: { readonly axis: A },
  ): { -readonly [K in keyof P]: Tensor<PartShape<S, P[K], NonInferrable<A>>, D> };
  <S extends Shape, D extends DType, const N extends number, const A extends number = 0>(
    x: Tensor<S, D>,
    parts: N & Guard<SplitShape<S, N, A>>,
    axis?: A,
  ): SplitShape<S, N, NonInferrable<A>> extends ShapeMistake
    ? Tensor<Shape, D>[]
    : Times<Tensor<Ok<SplitShape<S, N, NonInferrable<A>>>, D>, N>;
  <S extends Shape, D extends DType, const P extends Shape, const A extends number = 0>(
    x: Tensor<S, D>,
    sizes: P & Guard<PartsRule<S, P, A>>,
    axis?: A,
  ): { -readonly [K in keyof P]: Tensor<PartShape<S, P[K], NonInferrable<A>>, D> };
}
