import type { DType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { DTypeGuard, OperandDType } from '../../types/broadcast.ts';
import type { MatmulShape } from '../../types/contraction.ts';
import type { DotShape, OuterShape, TensordotShape } from '../../types/products.ts';
import type { Guard, Ok, NonInferrable, Shape } from '../../types/tensor.ts';

/** `(a, b, { transposeA, transposeB })` of matrices, or of batches of them. */
export interface Matmul<Allowed extends DType = DType> {
  <
    A extends Shape,
    B extends Shape,
    D extends Allowed,
    E extends Allowed,
    const TA extends boolean = false,
    const TB extends boolean = false,
  >(
    a: Tensor<A, D>,
    b: Tensor<B, E> & DTypeGuard<D, E, 'matmul'> & Guard<MatmulShape<A, B, TA, TB>>,
    options?: { readonly transposeA?: TA; readonly transposeB?: TB },
  ): Tensor<Ok<MatmulShape<A, B, NonInferrable<TA>, NonInferrable<TB>>>, OperandDType<D, E>>;
}

/** `(a, b)` of vectors to a matrix. */
export interface Outer {
  <A extends Shape, B extends Shape, D extends DType, E extends DType>(
    a: Tensor<A, D>,
    b: Tensor<B, E> & DTypeGuard<D, E, 'outer'> & Guard<OuterShape<A, B>>,
  ): Tensor<Ok<OuterShape<A, B>>, OperandDType<D, E>>;
}

/** `(a, b)` of vectors and matrices. */
export interface Dot<Allowed extends DType = DType> {
  <A extends Shape, B extends Shape, D extends Allowed, E extends Allowed>(
    a: Tensor<A, D>,
    b: Tensor<B, E> & DTypeGuard<D, E, 'dot'> & Guard<DotShape<A, B>>,
  ): Tensor<Ok<DotShape<A, B>>, OperandDType<D, E>>;
}

/** The axes to sum over: the number of last axes of `a` and first axes of `b`, or a list for each. */
export type TensordotAxes = number | readonly [readonly number[], readonly number[]];

/** `(a, b, axes = 2)`. */
export interface Tensordot<Allowed extends DType = DType> {
  <A extends Shape, B extends Shape, D extends Allowed, E extends Allowed, const N extends TensordotAxes = 2>(
    a: Tensor<A, D>,
    b: Tensor<B, E> & DTypeGuard<D, E, 'tensordot'> & Guard<TensordotShape<A, B, N>>,
    axes?: N,
  ): Tensor<Ok<TensordotShape<A, B, NonInferrable<N>>>, OperandDType<D, E>>;
}
