import { defineOp, type DType, type Op, type Shape, type Tensor } from '@chainrule/tensor';
import { reshapeNode } from '@chainrule/tensor/graph';

/**
 * Returns the same values and stops gradients: they treat the result as a constant.
 *
 * @param x - any shape and dtype
 * @example
 * grad((x) => mul(x, stopGradient(x)))(tensor(3)).item(); // => 3
 */
export const stopGradient: Op<<S extends Shape, D extends DType>(x: Tensor<S, D>) => Tensor<S, D>> =
  /* @__PURE__ */ defineOp({
    name: 'stopGradient',
    lower: (x: Tensor) => reshapeNode(x, x.shape),
    pullback: () => [null],
  });
