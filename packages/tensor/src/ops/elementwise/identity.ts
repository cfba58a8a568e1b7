import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * Returns its argument: the linear activation.
 *
 * @param x - any shape and dtype
 * @returns `x`
 * @example
 * identity(tensor([-1, 2])).toArray(); // => -1,2
 */
export const identity: Op<Unary> = /* @__PURE__ */ defineOp({ name: 'identity', lower: (x: Tensor) => x });
