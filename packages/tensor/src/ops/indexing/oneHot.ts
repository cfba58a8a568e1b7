import { DTypeError, showValue } from '@chainrule/errors';
import { integerFrom } from '@chainrule/errors/check';
import { defineOp, type Op } from '../defineOp.ts';
import { type DType, isDType } from '../../array/dtype.ts';
import { aTensor } from '../../array/checks.ts';
import { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import { reshapeNode } from '../../nodes/view.ts';
import type { OneHot } from '../signatures/index.ts';

/**
 * One-hot rows: 1 at the position of the index and 0 elsewhere. An index that is not a class gives a row of zeros.
 *
 * @param indices - int32, any shape
 * @param depth - the number of classes, which become a new last axis
 * @param dtype - by default float32
 * @example
 * oneHot(tensor([1, 0], undefined, 'int32'), 3).toArray(); // => 0,1,0,1,0,0
 */
export const oneHot: Op<OneHot> = /* @__PURE__ */ defineOp({
  name: 'oneHot',
  params: { indices: aTensor, depth: /* @__PURE__ */ integerFrom(0) },
  lower: (indices: Tensor, depth: number, dtype: DType = 'float32') => {
    if (indices.dtype !== 'int32')
      throw new DTypeError(`oneHot: \`indices\` must be int32, got ${indices.dtype}; convert them with \`cast\``);
    if (!isDType(dtype))
      throw new DTypeError(`oneHot: \`dtype\` must be float32, float64, int32, uint8 or bool, got ${showValue(dtype)}`);
    const classes = new Tensor(
      [depth],
      'int32',
      Int32Array.from({ length: depth }, (_, i) => i),
    );
    return map((i, k) => e.cast(e.eq(i, k), dtype), [reshapeNode(indices, [...indices.shape, 1]), classes]);
  },
  domain: { sample: (s) => [s.integers([4], 0, 3), 3, 'float64'] },
});
