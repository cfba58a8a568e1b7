import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import { normalizeAxes } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import { reduceNode } from '../../nodes/reduce.ts';
import type { Reduction } from '../signatures/index.ts';
import { keepAxes, reduceChecks, type ReduceOptions } from './reduceOptions.ts';

/**
 * The logarithm of the sum of exponentials along axes.
 *
 * m + ln Σ e^(x − m), where m is the largest element, or 0 if that is infinite. −∞ for no elements, or if all elements
 * are −∞. The pullback is g times the softmax, which is more accurate than e^(x − y) for large |y|; 0 if y is −∞.
 *
 * @param x - any shape
 * @param options - `axis`: one or several, by default all; negative ones count from the end. `keepDims`: whether to
 *   keep the reduced axes with size 1, by default false
 * @throws ShapeError for an axis that `x` does not have; DTypeError if the dtype is not float32 or float64
 * @example
 * logSumExp(tensor([1000, 1000])).item(); // => 1000.693…
 */
export const logSumExp: Op<Reduction<'logSumExp', FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'logSumExp',
  options: reduceChecks,
  lower: (x: Tensor, { axis, keepDims = false }: ReduceOptions = {}) => {
    const axes = normalizeAxes('logSumExp', axis, x.rank);
    const { shift, total } = shifted(x, axes);
    return keepAxes(
      map((t, m) => e.add(m, e.log(t)), [total, shift]),
      x.shape,
      axes,
      keepDims,
    );
  },
  pullback: (g: Tensor, _y: Tensor, x: Tensor, { axis }: ReduceOptions = {}) => {
    const axes = normalizeAxes('logSumExp', axis, x.rank);
    return [map(e.mul, [keepAxes(g, x.shape, axes, true), weights(x, axes)])];
  },
  domain: { sample: (s) => [s.uniform([2, 3, 2]), { axis: s.pick([0, 1, -1]), keepDims: s.pick([true, false]) }] },
});

/** The largest elements m, e^(x − m), and its sum. An infinite m becomes 0. */
function shifted(x: Tensor, axes: readonly number[]): { shift: Tensor; terms: Tensor; total: Tensor } {
  const largest = reduceNode(x, x.size === 0 ? 'sum' : 'max', axes); // nothing has no largest element, but a sum
  const shift = map((m) => e.select(e.eq(e.sub(m, m), 0), m, 0), [largest]);
  const terms = map((v, m) => e.exp(e.sub(v, m)), [x, keepAxes(shift, x.shape, axes, true)]);
  return { shift, terms, total: reduceNode(terms, 'sum', axes) };
}

/** The softmax along axes; 0 if all elements are −∞. */
const weights: Op<(x: Tensor, axes: readonly number[]) => Tensor> = /* @__PURE__ */ defineOp({
  name: 'logSumExp',
  lower: (x: Tensor, axes: readonly number[]) => {
    const { terms, total } = shifted(x, axes);
    return map((t, s) => e.select(e.eq(s, 0), 0, e.div(t, s)), [terms, keepAxes(total, x.shape, axes, true)]);
  },
  pullback: (g: Tensor, y: Tensor, _x: Tensor, axes: readonly number[]) => {
    const inner = keepAxes(reduceNode(map(e.mul, [g, y]), 'sum', axes), y.shape, axes, true);
    return [map((d, w, s) => e.mul(w, e.sub(d, s)), [g, y, inner])];
  },
});
