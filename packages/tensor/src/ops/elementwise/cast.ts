import { defineOp, type Op } from '../defineOp.ts';
import { checkDType } from '../../array/checkDType.ts';
import type { DType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import { castNode } from '../../nodes/cast.ts';
import type { Cast } from '../signatures/index.ts';

/**
 * Converts a tensor to another dtype.
 *
 * Integers drop the fraction and wrap around: modulo 2³² for int32, modulo 2⁸ for uint8. NaN and infinities become 0.
 * In bool, 0 is false and all other values, including NaN, are true. Gradients pass between floating dtypes.
 *
 * @param x - any shape
 * @param dtype - `float32`, `float64`, `int32`, `uint8` or `bool`
 * @throws DTypeError for an unknown dtype
 * @example
 * cast(tensor([1.7, -1.7]), 'int32').toArray(); // => 1,-1
 */
export const cast: Op<Cast> = /* @__PURE__ */ defineOp({
  name: 'cast',
  lower: (x: Tensor, dtype: DType) => {
    checkDType('cast', dtype);
    return x.dtype === dtype ? x : castNode(x, dtype);
  },
  domain: { sample: (s) => [s.uniform([2, 3]), s.pick(['int32', 'bool', 'float64'])] },
});
