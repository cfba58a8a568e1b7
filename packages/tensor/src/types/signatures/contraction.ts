import type { DType } from '../../core/dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import type { DTypeGuard, OperandDType } from '../broadcast.ts';
import type { MatmulShape } from '../contraction.ts';
import type { Guard, Ok, Settled, Shape } from '../tensor.ts';

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
  ): Tensor<Ok<MatmulShape<A, B, Settled<TA>, Settled<TB>>>, OperandDType<D, E>>;
}
