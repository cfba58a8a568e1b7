import { scalar as e, type Tensor } from '@chainrule/tensor';
import type { LossOptions } from './averageLoss.ts';
import { compareElements } from './compareElements.ts';
import { defineLoss, type ValuesLoss } from './loss.ts';

/**
 * The mean of squared differences.
 *
 * (p − t)²
 *
 * @param predictions - any shape; all axes except the last index samples
 * @param targets - the same shape and dtype
 * @param options - `sampleWeight`, `reduction` ('mean')
 * @returns a scalar, or the loss of each sample with reduction 'none'
 * @throws ShapeError, DTypeError if predictions and targets do not match
 * @example
 * meanSquaredError(tensor([[1, 2]]), tensor([[1, 4]])).item(); // => 2
 */
export const meanSquaredError: ValuesLoss = /* @__PURE__ */ defineLoss(
  'meanSquaredError',
  { targets: 'values' },
  function (predictions: Tensor, targets: Tensor, options: LossOptions = {}): Tensor {
    return compareElements('meanSquaredError', predictions, targets, options, (p, t) =>
      e.mul(e.sub(p, t), e.sub(p, t)),
    );
  },
);
