import { type Expr, map, mean, scalar as e, type Tensor } from '@chainrule/tensor';
import { withOpName } from '@chainrule/tensor/graph';
import { averageLoss, checkLoss } from './averageLoss.ts';
import { countedPair, positionsOf } from './compareElements.ts';
import { smoothedChecks, type SmoothedOptions } from './labelSmoothing.ts';
import { defineLoss, type LogitsLoss } from './loss.ts';

/**
 * The cross-entropy of independent binary predictions, averaged over the last axis.
 *
 * ln(1 + eˣ) − x·t for logits x, computed without overflow or cancellation; −t ln p − (1 − t) ln(1 − p) for probabilities.
 * With label smoothing α, t becomes (1 − α)·t + α/2. Takes logits by default (Keras: probabilities).
 *
 * @param predictions - any shape; all axes except the last index samples
 * @param targets - from 0 to 1, of the same shape and dtype
 * @param options - `fromLogits` (true), `labelSmoothing` (0), `sampleWeight`, `reduction` ('mean')
 * @returns a scalar, or the loss of each sample with reduction 'none'
 * @throws ShapeError, DTypeError if predictions and targets do not match
 * @example
 * binaryCrossEntropy(tensor([[0]]), tensor([[1]])).item(); // => 0.6931471824645996
 */
export const binaryCrossEntropy: LogitsLoss<SmoothedOptions> = /* @__PURE__ */ defineLoss(
  'binaryCrossEntropy',
  { predictions: 'logits', targets: 'values' },
  function (predictions: Tensor, targets: Tensor, options: SmoothedOptions = {}): Tensor {
    const name = 'binaryCrossEntropy';
    checkLoss(name, { predictions, targets }, options, smoothedChecks);
    const { fromLogits = true, labelSmoothing = 0 } = options;
    return withOpName(name, () => {
      const [p, t] = countedPair(name, predictions, targets, options, positionsOf(predictions));
      const losses = binaryLosses(p, smoothed(t, labelSmoothing), fromLogits);
      return averageLoss(name, losses.rank < 2 ? losses : mean(losses, { axis: -1 }), options);
    });
  },
);

/** The loss of each element. */
export function binaryLosses(predictions: Tensor, targets: Tensor, fromLogits: boolean): Tensor {
  if (fromLogits) {
    // ln(1 + eˣ) = x + ln(1 + e⁻ˣ); subtract x·t before adding the small term.
    const negative = (x: Expr, t: Expr): Expr => e.sub(e.log1p(e.exp(x)), e.mul(x, t));
    const positive = (x: Expr, t: Expr): Expr => e.add(e.mul(x, e.sub(1, t)), e.log1p(e.exp(e.neg(x))));
    return map((x, t) => e.select(e.le(x, 0), negative(x, t), positive(x, t)), [predictions, targets]);
  }
  // A term with target 0 contributes 0, even if its logarithm is −∞.
  const term = (t: Expr, log: Expr): Expr => e.select(e.eq(t, 0), 0, e.mul(t, log));
  return map((p, t) => e.neg(e.add(term(t, e.log(p)), term(e.sub(1, t), e.log1p(e.neg(p))))), [predictions, targets]);
}

function smoothed(targets: Tensor, by: number): Tensor {
  return by === 0 ? targets : map((t) => e.add(e.mul(t, 1 - by), by / 2), [targets]);
}
