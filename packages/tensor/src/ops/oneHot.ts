import { defineOp, type Op } from '../core/defineOp.ts';
import type { DType } from '../core/dtype.ts';
import { Tensor } from '../core/tensor.ts';
import * as e from '../expr/build.ts';
import { map } from '../nodes/map.ts';
import { reshapeView } from '../nodes/view.ts';
import type { OneHot } from '../types/signatures.ts';

/**
 * A row for each index, 1 at its place and 0 elsewhere; all 0 for an index that is not a class.
 *
 * @param indices - int32, any shape
 * @param depth - the number of classes, which become a new last axis
 * @param dtype - by default float32
 * @example
 * oneHot(tensor([1, 0], undefined, 'int32'), 3).toArray(); // => 0,1,0,1,0,0
 */
export const oneHot: Op<OneHot> = /* @__PURE__ */ defineOp({
  name: 'oneHot',
  lower: (indices: Tensor, depth: number, dtype: DType = 'float32') => {
    const classes = new Tensor([depth], 'int32', Int32Array.from({ length: depth }, (_, i) => i));
    return map((i, k) => e.cast(e.eq(i, k), dtype), [reshapeView(indices, [...indices.shape, 1]), classes]);
  },
  domain: { sample: (s) => [s.integers([4], 0, 3), 3, 'float64'] },
});
