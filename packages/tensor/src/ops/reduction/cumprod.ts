import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { Cumulative } from '../signatures/index.ts';
import { cumulative, cumulativeChecks, type CumulativeOptions } from './cumulative.ts';

/**
 * The cumulative product along an axis, up to and including each element.
 *
 * @param x - any shape of rank 1 or more
 * @param axis - by default the last
 * @param options - `exclusive`: exclude each element from its own product, so that the first result is 1. `reverse`:
 *   start from the end. Both are false by default, as in TensorFlow and ONNX
 * @returns the shape and dtype of `x`
 * @throws ShapeError for an axis that `x` does not have
 * @example
 * cumprod(tensor([1, 2, 3])).toArray(); // => 1,2,6
 * cumprod(tensor([1, 2, 3]), 0, { exclusive: true }).toArray(); // => 1,1,2
 */
export const cumprod: Op<Cumulative<'cumprod'>> = /* @__PURE__ */ defineOp({
  name: 'cumprod',
  options: cumulativeChecks,
  lower: (x: Tensor, options: CumulativeOptions = {}) => cumulative('cumprod', 'prod', x, options),
  domain: {
    sample: (s) => [
      s.uniform([2, 3]),
      s.pick([0, 1, -1]),
      { exclusive: s.pick([true, false]), reverse: s.pick([true, false]) },
    ],
  },
});
