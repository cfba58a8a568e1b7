import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { Cumulative } from '../signatures/index.ts';
import { cumulative, cumulativeChecks, type CumulativeOptions } from './cumulative.ts';

/**
 * The cumulative sum along an axis, up to and including each element.
 *
 * @param x - any shape of rank 1 or more
 * @param axis - by default the last
 * @param options - `exclusive`: exclude each element from its own sum, so that the first result is 0. `reverse`: start
 *   from the end. Both are false by default, as in TensorFlow and ONNX
 * @returns the shape and dtype of `x`
 * @throws ShapeError for an axis that `x` does not have
 * @example
 * cumsum(tensor([1, 2, 3])).toArray(); // => 1,3,6
 * cumsum(tensor([1, 2, 3]), 0, { exclusive: true }).toArray(); // => 0,1,3
 */
export const cumsum: Op<Cumulative<'cumsum'>> = /* @__PURE__ */ defineOp({
  name: 'cumsum',
  options: cumulativeChecks,
  lower: (x: Tensor, options: CumulativeOptions = {}) => cumulative('cumsum', 'sum', x, options),
  domain: {
    sample: (s) => [
      s.uniform([2, 3]),
      s.pick([0, 1, -1]),
      { exclusive: s.pick([true, false]), reverse: s.pick([true, false]) },
    ],
  },
});
