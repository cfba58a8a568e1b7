import { type Expr, scalar as e, type Tensor } from '@chainrule/tensor';
import type { LossOptions } from './averageLoss.ts';
import { compareElements } from './compareElements.ts';
import { defineLoss, type ValuesLoss } from './loss.ts';

/**
 * The square of the hinge loss.
 *
 * max(0, 1 − t·p)² with targets −1 and 1
 *
 * @param predictions - any shape; all axes except the last index samples
 * @param targets - the same shape and dtype
 * @param options - `sampleWeight`, `reduction` ('mean')
 * @returns a scalar, or the loss of each sample with reduction 'none'
 * @throws ShapeError, DTypeError if predictions and targets do not match
 * @example
 * squaredHinge(tensor([[0.5]]), tensor([[1]])).item(); // => 0.25
 */
export const squaredHinge: ValuesLoss = /* @__PURE__ */ defineLoss(
  'squaredHinge',
  { targets: 'values' },
  function (predictions: Tensor, targets: Tensor, options: LossOptions = {}): Tensor {
    return compareElements('squaredHinge', predictions, targets, options, (p, t) =>
      squaredPositive(e.sub(1, e.mul(t, p))),
    );
  },
);

function squaredPositive(x: Expr): Expr {
  return e.select(e.le(x, 0), 0, e.mul(x, x));
}
