import { defineOp, map, type Op, scalar as e, type Tensor } from '@chainrule/tensor';
import { reshapeNode } from '@chainrule/tensor/graph';

/**
 * Returns `x`. If `stop`, a bool `[]`, is true, no gradient passes.
 *
 * @example
 * stopGradientIf(ones([2]), tensor(true, undefined, 'bool')).toArray(); // => 1,1
 */
export const stopGradientIf: Op<(x: Tensor, stop: Tensor) => Tensor> = /* @__PURE__ */ defineOp({
  name: 'stopGradientIf',
  lower: (x: Tensor) => reshapeNode(x, x.shape),
  pullback: (g: Tensor, _y: Tensor, _x: Tensor, stop: Tensor) => [map((d, s) => e.select(s, 0, d), [g, stop]), null],
});
