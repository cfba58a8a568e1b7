import { type Expr, scalar as e, type Tensor } from '@chainrule/tensor';
import type { LossOptions } from './averageLoss.ts';
import { compareElements } from './compareElements.ts';

/**
 * How far a predicted distribution is from the target one.
 *
 * Σ t·ln(t / p) over the last axis; terms with t = 0 add nothing. Both are clipped to at least 10⁻⁷, as in Keras
 *
 * @param predictions - any shape; samples along all axes but the last
 * @param targets - the same shape and dtype
 * @param options - `sampleWeight`, `reduction` ('mean')
 * @returns a scalar; a loss for each sample with reduction 'none'
 * @throws ShapeError, DTypeError if the two do not fit
 * @example
 * klDivergence(tensor([[0.5, 0.5]]), tensor([[0.5, 0.5]])).item(); // => 0
 */
export function klDivergence(predictions: Tensor, targets: Tensor, options: LossOptions = {}): Tensor {
  return compareElements('klDivergence', predictions, targets, options, (p, t) => divergence(p, t), 'sum');
}

function divergence(p: Expr, t: Expr): Expr {
  const clipped = (x: Expr): Expr => e.select(e.lt(x, 1e-7), 1e-7, x);
  return e.select(e.le(t, 0), 0, e.mul(t, e.log(e.div(clipped(t), clipped(p)))));
}
