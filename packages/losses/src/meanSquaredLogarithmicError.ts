import { type Expr, scalar as e, type Tensor } from '@chainrule/tensor';
import type { LossOptions } from './averageLoss.ts';
import { compareElements } from './compareElements.ts';
import { defineLoss, type ValuesLoss } from './loss.ts';

/**
 * The mean of squared differences of logarithms, for targets that span orders of magnitude.
 *
 * (ln(1 + p) − ln(1 + t))², with p and t clipped to at least 0 as in Keras
 *
 * @param predictions - any shape; all axes except the last index samples
 * @param targets - the same shape and dtype
 * @param options - `sampleWeight`, `reduction` ('mean')
 * @returns a scalar, or the loss of each sample with reduction 'none'
 * @throws ShapeError, DTypeError if predictions and targets do not match
 * @example
 * meanSquaredLogarithmicError(tensor([[0]]), tensor([[0]])).item(); // => 0
 */
export const meanSquaredLogarithmicError: ValuesLoss = /* @__PURE__ */ defineLoss(
  'meanSquaredLogarithmicError',
  { targets: 'values' },
  function (predictions: Tensor, targets: Tensor, options: LossOptions = {}): Tensor {
    return compareElements('meanSquaredLogarithmicError', predictions, targets, options, (p, t) =>
      squaredLogDifference(p, t),
    );
  },
);

function squaredLogDifference(p: Expr, t: Expr): Expr {
  const d = e.sub(e.log1p(e.select(e.le(p, 0), 0, p)), e.log1p(e.select(e.le(t, 0), 0, t)));
  return e.mul(d, d);
}
