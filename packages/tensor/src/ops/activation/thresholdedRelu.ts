import { aNumber, type Checks } from '@chainrule/errors/check';
import { checkFloat } from '../../array/checkDType.ts';
import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { UnaryWith } from '../signatures/index.ts';

export interface ThresholdedReluOptions {
  /** Elements up to the threshold become 0. Default 1, as in Keras 2 and ONNX. */
  readonly threshold?: number;
}

/**
 * A rectifier that keeps only elements above a threshold.
 *
 * x if x > threshold, else 0 (Konda et al. 2015). The gradient at the threshold is 0. NaN stays NaN.
 *
 * @param x - any shape
 * @param options - `threshold`, by default 1
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * thresholdedRelu(tensor([-1, 0.5, 2])).toArray(); // => 0,0,2
 */
export const thresholdedRelu: Op<UnaryWith<ThresholdedReluOptions, FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'thresholdedRelu',
  options: { threshold: aNumber } satisfies Checks<ThresholdedReluOptions>,
  lower: (x: Tensor, { threshold = 1 }: ThresholdedReluOptions = {}) => {
    checkFloat('thresholdedRelu', x.dtype);
    return map((v) => e.select(e.le(v, threshold), 0, v), [x]);
  },
  domain: { avoid: [1] },
});
