import { scalar as e, type Tensor } from '@chainrule/tensor';
import type { LossOptions } from './averageLoss.ts';
import { compareElements } from './compareElements.ts';
import { defineLoss, type ValuesLoss } from './loss.ts';

/**
 * The mean of absolute differences.
 *
 * |p − t|; its gradient at 0 is 0.
 *
 * @param predictions - any shape; all axes except the last index samples
 * @param targets - the same shape and dtype
 * @param options - `sampleWeight`, `reduction` ('mean')
 * @returns a scalar, or the loss of each sample with reduction 'none'
 * @throws ShapeError, DTypeError if predictions and targets do not match
 * @example
 * meanAbsoluteError(tensor([[1, 2]]), tensor([[1, 4]])).item(); // => 1
 */
export const meanAbsoluteError: ValuesLoss = /* @__PURE__ */ defineLoss(
  'meanAbsoluteError',
  { targets: 'values' },
  function (predictions: Tensor, targets: Tensor, options: LossOptions = {}): Tensor {
    return compareElements('meanAbsoluteError', predictions, targets, options, (p, t) => e.abs(e.sub(p, t)));
  },
);
