import { scalar as e, type Tensor } from '@chainrule/tensor';
import type { LossOptions } from './averageLoss.ts';
import { compareElements } from './compareElements.ts';
import { defineLoss, type ValuesLoss } from './loss.ts';

/**
 * The negative log-likelihood of Poisson counts, up to a constant.
 *
 * p − t·ln(p + 10⁻⁷), with rates p
 *
 * @param predictions - any shape; all axes except the last index samples
 * @param targets - the same shape and dtype
 * @param options - `sampleWeight`, `reduction` ('mean')
 * @returns a scalar, or the loss of each sample with reduction 'none'
 * @throws ShapeError, DTypeError if predictions and targets do not match
 * @example
 * poisson(tensor([[1]]), tensor([[0]])).item(); // => 1
 */
export const poisson: ValuesLoss = /* @__PURE__ */ defineLoss(
  'poisson',
  { targets: 'values' },
  function (predictions: Tensor, targets: Tensor, options: LossOptions = {}): Tensor {
    return compareElements('poisson', predictions, targets, options, (p, t) =>
      e.sub(p, e.mul(t, e.log(e.add(p, 1e-7)))),
    );
  },
);
