import { checkOptions, positive } from '@chainrule/errors/check';
import { type Expr, scalar as e, type Tensor } from '@chainrule/tensor';
import { lossChecks, type LossOptions } from './averageLoss.ts';
import { compareElements } from './compareElements.ts';
import { defineLoss, type ValuesLoss } from './loss.ts';

/** Options of {@link huber}. */
export interface HuberOptions extends LossOptions {
  /** The difference at which the loss changes from quadratic to linear. Default 1. */
  readonly delta?: number;
}

/**
 * Quadratic for small differences, linear for large ones.
 *
 * d²/2 where |d| ≤ δ, else δ(|d| − δ/2), with d = p − t (Huber 1964)
 *
 * @param predictions - any shape; all axes except the last index samples
 * @param targets - the same shape and dtype
 * @param options - `sampleWeight`, `reduction` ('mean'), `delta` (1)
 * @returns a scalar, or the loss of each sample with reduction 'none'
 * @throws ShapeError, DTypeError if predictions and targets do not match
 * @example
 * huber(tensor([[0, 3]]), tensor([[0, 0]])).item(); // => 1.25
 */
export const huber: ValuesLoss<HuberOptions> = /* @__PURE__ */ defineLoss(
  'huber',
  { targets: 'values' },
  function (predictions: Tensor, targets: Tensor, options: HuberOptions = {}): Tensor {
    checkOptions('huber', options, { ...lossChecks, delta: positive });
    const { delta = 1, ...rest } = options;
    return compareElements('huber', predictions, targets, rest, (p, t) => huberOf(e.sub(p, t), delta));
  },
);

function huberOf(d: Expr, delta: number): Expr {
  return e.select(e.le(e.abs(d), delta), e.mul(0.5, e.mul(d, d)), e.mul(delta, e.sub(e.abs(d), delta / 2)));
}
