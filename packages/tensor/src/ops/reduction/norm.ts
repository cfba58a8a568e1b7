import { aBoolean, type Checks, oneOf } from '@chainrule/errors/check';
import type { FloatDType } from '../../array/dtype.ts';
import { checkFloat } from '../../array/checkDType.ts';
import { defineOp, type Op } from '../defineOp.ts';
import { numberOrNumbers } from '../../array/checks.ts';
import { normalizeAxes } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import { reduceNode } from '../../nodes/reduce.ts';
import type { ReductionWith } from '../signatures/index.ts';
import { keepAxes, type ReduceOptions } from './reduceOptions.ts';

export interface NormOptions {
  /** 1 for the sum of magnitudes, 2 for the Euclidean norm, 'inf' for the largest magnitude. Default 2. */
  readonly ord?: 1 | 2 | 'inf';
}

/**
 * The norm of the vectors along axes. Several axes form one vector.
 *
 * Σ|x|, √Σx² or max|x|, as in the array API's `vector_norm`; 0 for no elements. For √Σx², elements are first divided by
 * the largest, so that squares neither overflow nor underflow. The pullback is g · x / y, 0 if y is 0. The gradient of
 * |x| at 0 is 0; the gradient of max|x| goes to the first of equal elements.
 *
 * @param x - any shape
 * @param options - `ord`: 1, 2 or 'inf', by default 2. `axis`: one or several, by default all; negative ones count from
 *   the end. `keepDims`: whether to keep the reduced axes with size 1, by default false
 * @throws ShapeError for an axis that `x` does not have; DTypeError if the dtype is not float32 or float64; OptionError
 *   for another `ord`
 * @example
 * norm(tensor([3, -4])).item(); // => 5
 * norm(tensor([3, -4]), { ord: 1 }).item(); // => 7
 */
export const norm: Op<ReductionWith<NormOptions, 'norm', FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'norm',
  options: { axis: numberOrNumbers, keepDims: aBoolean, ord: /* @__PURE__ */ oneOf(1, 2, 'inf') } satisfies Checks<
    ReduceOptions & NormOptions
  >,
  lower: (x: Tensor, { ord = 2, axis, keepDims = false }: ReduceOptions & NormOptions = {}) => {
    checkFloat('norm', x.dtype);
    const axes = normalizeAxes('norm', axis, x.rank);
    const reduced =
      ord === 2 && x.size > 0
        ? euclidean(x, axes)
        : reduceNode(magnitudes(x), ord === 'inf' && x.size > 0 ? 'max' : 'sum', axes);
    return keepAxes(reduced, x.shape, axes, keepDims);
  },
  domain: {
    avoid: [0],
    sample: (s) => [
      s.uniform([2, 3, 2]),
      { ord: s.pick([1, 2, 'inf']), axis: s.pick([0, 1, -1]), keepDims: s.pick([true, false]) },
    ],
  },
});

function magnitudes(x: Tensor): Tensor {
  return map((v) => e.abs(v), [x]);
}

const euclidean: Op<(x: Tensor, axes: readonly number[]) => Tensor> = /* @__PURE__ */ defineOp({
  name: 'norm',
  lower: (x: Tensor, axes: readonly number[]) => {
    const largest = reduceNode(magnitudes(x), 'max', axes);
    // Nothing is divided by 0 or ∞; a NaN stays.
    const scale = map((m) => e.select(e.eq(m, 0), 1, e.select(e.eq(m, Infinity), 1, m)), [largest]);
    const squares = map((v, s) => e.mul(e.div(v, s), e.div(v, s)), [x, keepAxes(scale, x.shape, axes, true)]);
    return map((s, t) => e.mul(s, e.sqrt(t)), [scale, reduceNode(squares, 'sum', axes)]);
  },
  pullback: (g: Tensor, y: Tensor, x: Tensor, axes: readonly number[]) => {
    const operands = [g, y].map((t) => keepAxes(t, x.shape, axes, true));
    return [map((d, n, v) => e.select(e.eq(n, 0), 0, e.mul(d, e.div(v, n))), [...operands, x])];
  },
});
