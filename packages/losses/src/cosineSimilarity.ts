import { div, mul, neg, scalar as e, map, sum, type Tensor } from '@chainrule/tensor';
import { withOpName } from '@chainrule/tensor/graph';
import { averageLoss, checkLoss, lossChecks, type LossOptions } from './averageLoss.ts';
import { countedPair } from './compareElements.ts';
import { defineLoss, type ValuesLoss } from './loss.ts';

/**
 * The negative cosine of the angle between predictions and targets: −1 for the same direction.
 *
 * −Σ p·t / (‖p‖ ‖t‖) over the last axis. Norms are clipped to at least 10⁻⁶, so the zero vector has similarity 0.
 *
 * @param predictions - `[…, features]`
 * @param targets - the same shape and dtype
 * @param options - `sampleWeight`, `reduction` ('mean')
 * @throws ShapeError, DTypeError if predictions and targets do not match
 * @example
 * cosineSimilarity(tensor([[2, 0]]), tensor([[1, 0]])).item(); // => -1
 */
export const cosineSimilarity: ValuesLoss = /* @__PURE__ */ defineLoss(
  'cosineSimilarity',
  { targets: 'values' },
  function (predictions: Tensor, targets: Tensor, options: LossOptions = {}): Tensor {
    const name = 'cosineSimilarity';
    checkLoss(name, { predictions, targets }, options, lossChecks);
    const norm = (x: Tensor): Tensor =>
      map((s) => e.sqrt(e.select(e.lt(s, 1e-12), 1e-12, s)), [sum(mul(x, x), { axis: -1 })]);
    return withOpName(name, () => {
      const [p, t] = countedPair(name, predictions, targets, options);
      const cosine = div(sum(mul(p, t), { axis: -1 }), mul(norm(p), norm(t)));
      return averageLoss(name, neg(cosine), options);
    });
  },
);
