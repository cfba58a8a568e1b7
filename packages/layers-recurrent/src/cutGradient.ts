import { defineOp, map, type Op, scalar as e, type Tensor } from '@chainrule/tensor';
import { reshapeNode } from '@chainrule/tensor/graph';

/**
 * The same values; where `cut`, a bool `[]`, holds, a constant for gradients.
 *
 * @example
 * cutGradient(ones([2]), tensor(true, undefined, 'bool')).toArray(); // => 1,1
 */
export const cutGradient: Op<(x: Tensor, cut: Tensor) => Tensor> = /* @__PURE__ */ defineOp({
  name: 'cutGradient',
  lower: (x: Tensor) => reshapeNode(x, x.shape),
  pullback: (g: Tensor, _y: Tensor, _x: Tensor, cut: Tensor) => [map((d, c) => e.select(c, 0, d), [g, cut]), null],
});
