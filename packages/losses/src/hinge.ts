import { type Expr, scalar as e, type Tensor } from '@chainrule/tensor';
import type { LossOptions } from './averageLoss.ts';
import { compareElements } from './compareElements.ts';

/**
 * The margin by which a sign is missed, as in support vector machines.
 *
 * max(0, 1 − t·p) with targets −1 and 1
 *
 * @param predictions - any shape; samples along all axes but the last
 * @param targets - the same shape and dtype
 * @param options - `sampleWeight`, `reduction` ('mean')
 * @returns a scalar; a loss for each sample with reduction 'none'
 * @throws ShapeError, DTypeError if the two do not fit
 * @example
 * hinge(tensor([[0.5]]), tensor([[1]])).item(); // => 0.5
 */
export function hinge(predictions: Tensor, targets: Tensor, options: LossOptions = {}): Tensor {
  return compareElements('hinge', predictions, targets, options, (p, t) => positive(e.sub(1, e.mul(t, p))));
}

function positive(x: Expr): Expr {
  return e.select(e.le(x, 0), 0, x);
}
