import { type Expr, scalar as e, type Tensor } from '@chainrule/tensor';
import type { LossOptions } from './averageLoss.ts';
import { compareElements } from './compareElements.ts';
import { defineLoss, type ValuesLoss } from './loss.ts';

/**
 * The Kullback–Leibler divergence of the predicted distribution from the target distribution.
 *
 * Σ t·ln(t / p) over the last axis. Terms with t = 0 are 0. Both are clipped to at least 10⁻⁷, as in Keras
 *
 * @param predictions - any shape; all axes except the last index samples
 * @param targets - the same shape and dtype
 * @param options - `sampleWeight`, `reduction` ('mean')
 * @returns a scalar, or the loss of each sample with reduction 'none'
 * @throws ShapeError, DTypeError if predictions and targets do not match
 * @example
 * klDivergence(tensor([[0.5, 0.5]]), tensor([[0.5, 0.5]])).item(); // => 0
 */
export const klDivergence: ValuesLoss = /* @__PURE__ */ defineLoss(
  'klDivergence',
  { targets: 'values' },
  function (predictions: Tensor, targets: Tensor, options: LossOptions = {}): Tensor {
    return compareElements('klDivergence', predictions, targets, options, (p, t) => divergence(p, t), 'sum');
  },
);

function divergence(p: Expr, t: Expr): Expr {
  const clipped = (x: Expr): Expr => e.select(e.lt(x, 1e-7), 1e-7, x);
  return e.select(e.le(t, 0), 0, e.mul(t, e.log(e.div(clipped(t), clipped(p)))));
}
