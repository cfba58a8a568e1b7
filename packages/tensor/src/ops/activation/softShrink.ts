import { aNumber, type Checks } from '@chainrule/errors/check';
import { checkFloat } from '../../array/checkDType.ts';
import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { UnaryWith } from '../signatures/index.ts';

export interface SoftShrinkOptions {
  /** The distance that elements move. Smaller magnitudes become 0. Default 0.5, as in Keras and PyTorch. */
  readonly threshold?: number;
}

/**
 * Sets small elements to 0 and moves the others toward 0.
 *
 * x − threshold above threshold, x + threshold below −threshold, else 0 (Donoho 1995). The gradient at ±threshold is 0. NaN
 * stays NaN.
 *
 * @param x - any shape
 * @param options - `threshold`, by default 0.5
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * softShrink(tensor([-1, 0.25, 2])).toArray(); // => -0.5,0,1.5
 */
export const softShrink: Op<UnaryWith<SoftShrinkOptions, FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'softShrink',
  options: { threshold: aNumber } satisfies Checks<SoftShrinkOptions>,
  lower: (x: Tensor, { threshold = 0.5 }: SoftShrinkOptions = {}) => {
    checkFloat('softShrink', x.dtype);
    return map(
      (v) => e.select(e.le(e.abs(v), threshold), 0, e.select(e.lt(v, 0), e.add(v, threshold), e.sub(v, threshold))),
      [x],
    );
  },
  domain: { avoid: [-0.5, 0.5] },
});
