import { OptionError, showValue } from '@chainrule/errors';
import { aNumber, type Checks } from '@chainrule/errors/check';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import type { Expr } from '../../expr/expr.ts';
import { map } from '../../nodes/map.ts';
import type { UnaryWith } from '../signatures/index.ts';

export interface ClipOptions {
  /** Lower bound. Default: none. */
  readonly min?: number;
  /** Upper bound. Default: none. */
  readonly max?: number;
}

/**
 * Limits each element to a range.
 *
 * min(max(x, `min`), `max`); NaN stays NaN. The gradient is 1 within the range, including the bounds, and 0 outside, as
 * in PyTorch.
 *
 * @param x - any shape
 * @param options - the bounds `min` and `max`, both optional; integers for int32
 * @returns the shape and dtype of `x`
 * @throws OptionError if `min` exceeds `max`; DTypeError if the dtype is not float32, float64 or int32
 * @example
 * clip(tensor([-2, 0.5, 3]), { min: 0, max: 1 }).toArray(); // => 0,0.5,1
 */
export const clip: Op<UnaryWith<ClipOptions>> = /* @__PURE__ */ defineOp({
  name: 'clip',
  options: { min: aNumber, max: aNumber } satisfies Checks<ClipOptions>,
  lower: (x: Tensor, { min = -Infinity, max = Infinity }: ClipOptions = {}) => {
    if (!(min <= max))
      throw new OptionError(
        `clip: \`min\` must be a number of at most \`max\` ${showValue(max)}, got ${showValue(min)}`,
      );
    return map((v) => below(above(v, min), max), [x]);
  },
  domain: {
    avoid: [-1, 0.5],
    sample: (s) => [s.uniform(), s.pick([{ min: -1 }, { max: 0.5 }, { min: -1, max: 0.5 }])],
  },
});

function above(x: Expr, min: number): Expr {
  return min === -Infinity ? x : e.select(e.lt(x, min), min, x);
}

function below(x: Expr, max: number): Expr {
  return max === Infinity ? x : e.select(e.lt(max, x), max, x);
}
