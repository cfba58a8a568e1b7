import { defineOp, type Op } from '../core/defineOp.ts';
import type { Tensor } from '../core/tensor.ts';
import type { Unary } from '../types/signatures.ts';

/**
 * The tensor itself, for places that take an activation. Also called linear.
 *
 * @param x - any shape and dtype
 * @returns `x`
 * @example
 * identity(tensor([-1, 2])).toArray(); // => -1,2
 */
export const identity: Op<Unary> = /* @__PURE__ */ defineOp({ name: 'identity', lower: (x: Tensor) => x });
