import type { FloatDType } from '../core/dtype.ts';
import { defineOp, type Op } from '../core/defineOp.ts';
import { normalizeAxes } from '../core/shape.ts';
import type { Tensor } from '../core/tensor.ts';
import * as e from '../expr/build.ts';
import { map } from '../nodes/map.ts';
import { reduce } from '../nodes/reduce.ts';
import type { Reduction } from '../types/signatures.ts';
import { keepAxes, type ReduceOptions } from './reduceOptions.ts';

/**
 * The logarithm of the sum of exponentials along axes.
 *
 * m + ln Σ e^(x − m) with the largest element m, or 0 where that is infinite: −∞ where all elements are −∞. The pullback
 * is g · e^(x − y), the softmax; 0 where y is −∞.
 *
 * @param x - any shape
 * @param options - `axis`: one or several, by default all; negative ones count from the end. `keepDims`: keep the
 *   reduced axes with size 1, by default false
 * @throws ShapeError for an axis that `x` does not have; DTypeError for other dtypes than float32 and float64;
 *   ValueError over an axis of size 0
 * @example
 * logSumExp(tensor([1000, 1000])).item(); // => 1000.693…
 */
export const logSumExp: Op<Reduction<'logSumExp', FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'logSumExp',
  lower: (x: Tensor, { axis, keepDims = false }: ReduceOptions = {}) => {
    const axes = normalizeAxes('logSumExp', axis, x.rank);
    const shift = map((m) => e.select(e.eq(e.sub(m, m), 0), m, 0), [reduce(x, 'max', axes)]);
    const weights = map((v, m) => e.exp(e.sub(v, m)), [x, keepAxes(shift, x.shape, axes, true)]);
    const y = map((t, m) => e.add(m, e.log(t)), [reduce(weights, 'sum', axes), shift]);
    return keepAxes(y, x.shape, axes, keepDims);
  },
  pullback: (g: Tensor, y: Tensor, x: Tensor, { axis }: ReduceOptions = {}) => {
    const axes = normalizeAxes('logSumExp', axis, x.rank);
    const operands = [g, y].map((t) => keepAxes(t, x.shape, axes, true));
    return [map((d, s, v) => e.select(e.eq(s, -Infinity), 0, e.mul(d, e.exp(e.sub(v, s)))), [...operands, x])];
  },
  domain: { sample: (s) => [s.uniform([2, 3, 2]), { axis: s.pick([0, 1, -1]), keepDims: s.pick([true, false]) }] },
});
