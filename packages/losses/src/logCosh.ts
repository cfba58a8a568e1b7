import { type Expr, scalar as e, type Tensor } from '@chainrule/tensor';
import type { LossOptions } from './averageLoss.ts';
import { compareElements } from './compareElements.ts';
import { defineLoss, type ValuesLoss } from './loss.ts';

/**
 * A smooth loss that is approximately quadratic for small differences and linear for large ones.
 *
 * ln cosh d = |d| + ln(1 + e^(−2|d|)) − ln 2, with d = p − t
 *
 * @param predictions - any shape; all axes except the last index samples
 * @param targets - the same shape and dtype
 * @param options - `sampleWeight`, `reduction` ('mean')
 * @returns a scalar, or the loss of each sample with reduction 'none'
 * @throws ShapeError, DTypeError if predictions and targets do not match
 * @example
 * logCosh(tensor([[0]]), tensor([[0]])).item(); // => 0
 */
export const logCosh: ValuesLoss = /* @__PURE__ */ defineLoss(
  'logCosh',
  { targets: 'values' },
  function (predictions: Tensor, targets: Tensor, options: LossOptions = {}): Tensor {
    return compareElements('logCosh', predictions, targets, options, (p, t) => logCoshOf(e.sub(p, t)));
  },
);

/** Computes it from the absolute value, which cannot overflow. Both sides are smooth and join smoothly. */
function logCoshOf(d: Expr): Expr {
  const of = (x: Expr): Expr => e.sub(e.add(x, e.log1p(e.exp(e.mul(-2, x)))), Math.LN2);
  return e.select(e.lt(d, 0), of(e.neg(d)), of(d));
}
