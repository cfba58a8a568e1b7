import { aNumber, type Checks } from '@chainrule/errors/check';
import { checkFloat } from '../../array/checkDType.ts';
import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { UnaryWith } from '../signatures/index.ts';

export interface HardShrinkOptions {
  /** The largest magnitude that becomes 0. Default 0.5, as in Keras and PyTorch. */
  readonly threshold?: number;
}

/**
 * Sets small elements to 0 and keeps the others.
 *
 * 0 if |x| ≤ threshold, else x (Donoho 1995). The gradient at ±threshold is 0. NaN stays NaN.
 *
 * @param x - any shape
 * @param options - `threshold`, by default 0.5
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * hardShrink(tensor([-1, 0.25, 2])).toArray(); // => -1,0,2
 */
export const hardShrink: Op<UnaryWith<HardShrinkOptions, FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'hardShrink',
  options: { threshold: aNumber } satisfies Checks<HardShrinkOptions>,
  lower: (x: Tensor, { threshold = 0.5 }: HardShrinkOptions = {}) => {
    checkFloat('hardShrink', x.dtype);
    return map((v) => e.select(e.le(e.abs(v), threshold), 0, v), [x]);
  },
  domain: { avoid: [-0.5, 0.5] },
});
