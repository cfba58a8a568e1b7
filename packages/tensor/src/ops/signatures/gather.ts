import type { DType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { DTypeGuard } from '../../types/broadcast.ts';
import type { GatherShape, OneHotShape, ScatterAddShape, TakeAlongAxisShape } from '../../types/gather.ts';
import type { Guard, Ok, NonInferrable, Shape } from '../../types/tensor.ts';

/** `(x, indices, axis = 0)` as NumPy's `take`. */
export interface Gather<Name extends string = 'gather'> {
  <S extends Shape, D extends DType, I extends Shape, const A extends number>(
    x: Tensor<S, D>,
    indices: Tensor<I, 'int32'>,
    options: { readonly axis: A & Guard<GatherShape<S, I, A, Name>> },
  ): Tensor<Ok<GatherShape<S, I, NonInferrable<A>, Name>>, D>;
  <S extends Shape, D extends DType, I extends Shape, const A extends number = 0>(
    x: Tensor<S, D>,
    indices: Tensor<I, 'int32'>,
    axis?: A & Guard<GatherShape<S, I, A, Name>>,
  ): Tensor<Ok<GatherShape<S, I, NonInferrable<A>, Name>>, D>;
}

/** `(x, indices, axis = -1)` with one index for each element of the result. */
export interface TakeAlongAxis {
  <S extends Shape, D extends DType, I extends Shape, const A extends number>(
    x: Tensor<S, D>,
    indices: Tensor<I, 'int32'> & Guard<TakeAlongAxisShape<S, I, A>>,
    options: { readonly axis: A },
  ): Tensor<Ok<TakeAlongAxisShape<S, I, NonInferrable<A>>>, D>;
  <S extends Shape, D extends DType, I extends Shape, const A extends number = -1>(
    x: Tensor<S, D>,
    indices: Tensor<I, 'int32'> & Guard<TakeAlongAxisShape<S, I, A>>,
    axis?: A,
  ): Tensor<Ok<TakeAlongAxisShape<S, I, NonInferrable<A>>>, D>;
}

/** `(base, indices, updates, axis = 0)`, the adjoint of `gather`. */
export interface ScatterAdd {
  <S extends Shape, D extends DType, I extends Shape, U extends Shape, E extends DType, const A extends number>(
    base: Tensor<S, D>,
    indices: Tensor<I, 'int32'>,
    updates: Tensor<U, E> & DTypeGuard<D, E, 'scatterAdd'> & Guard<ScatterAddShape<S, I, U, A>>,
    options: { readonly axis: A },
  ): Tensor<S, D>;
  <S extends Shape, D extends DType, I extends Shape, U extends Shape, E extends DType, const A extends number = 0>(
    base: Tensor<S, D>,
    indices: Tensor<I, 'int32'>,
    updates: Tensor<U, E> & DTypeGuard<D, E, 'scatterAdd'> & Guard<ScatterAddShape<S, I, U, A>>,
    axis?: A,
  ): Tensor<S, D>;
}

/** `(indices, depth, dtype = 'float32')` with the classes as a new last axis. */
export interface OneHot {
  <S extends Shape, const N extends number, D extends DType = 'float32'>(
    indices: Tensor<S, 'int32'>,
    depth: N,
    dtype?: D,
  ): Tensor<OneHotShape<S, N>, NoInfer<D>>;
}
