import { aBoolean, aFiniteNumber, type Checks, nonNegative } from '@chainrule/errors/check';
import { type Expr, logSoftmax, map, mean, neg, scalar as e, sigmoid, sum, type Tensor } from '@chainrule/tensor';
import { withOpName } from '@chainrule/tensor/graph';
import { averageLoss, checkLoss, lossChecks, type LossOptions } from './averageLoss.ts';
import { binaryLosses } from './binaryCrossEntropy.ts';
import { countedPair, positionsOf } from './compareElements.ts';
import { defineLoss, type LogitsLoss } from './loss.ts';

/** Options of the focal cross-entropies. */
export interface FocalOptions extends LossOptions {
  /** The focusing parameter γ; greater values give easy samples less weight. Default 2. */
  readonly gamma?: number;
  /** Binary: the weight of class 1, with 1 − alpha for class 0; default none. Categorical: the weight of every class; default 0.25. */
  readonly alpha?: number;
  /** Whether the predictions are logits (default), or probabilities. */
  readonly fromLogits?: boolean;
}

const focalChecks: Checks<FocalOptions> = /* @__PURE__ */ (() => ({
  ...lossChecks,
  gamma: nonNegative,
  alpha: aFiniteNumber,
  fromLogits: aBoolean,
}))();

/**
 * Binary cross-entropy that gives little weight to confident correct predictions.
 *
 * (1 − q)^γ · BCE, where q is the predicted probability of the correct class (Lin et al. 2017)
 *
 * @param predictions - any shape; all axes except the last index samples
 * @param targets - 0 and 1, of the same shape and dtype
 * @param options - `gamma` (2), `alpha` (none), `fromLogits` (true), `sampleWeight`, `reduction`
 * @throws ShapeError, DTypeError if predictions and targets do not match; OptionError for a negative gamma
 * @example
 * binaryFocalCrossEntropy(tensor([[0]]), tensor([[1]]), { gamma: 0 }).item(); // => 0.6931471824645996
 */
export const binaryFocalCrossEntropy: LogitsLoss<FocalOptions> = /* @__PURE__ */ defineLoss(
  'binaryFocalCrossEntropy',
  { predictions: 'logits', targets: 'values' },
  function (predictions: Tensor, targets: Tensor, options: FocalOptions = {}): Tensor {
    const name = 'binaryFocalCrossEntropy';
    checkLoss(name, { predictions, targets }, options, focalChecks);
    const { gamma = 2, alpha, fromLogits = true } = options;
    return withOpName(name, () => {
      const [p, truth] = countedPair(name, predictions, targets, options, positionsOf(predictions));
      const probabilities: Tensor = fromLogits ? sigmoid(p) : p;
      const focal = map(
        (prob, t, loss) => {
          const missed = e.add(e.mul(t, e.sub(1, prob)), e.mul(e.sub(1, t), prob));
          const weight = alpha === undefined ? 1 : e.add(e.mul(t, alpha), e.mul(e.sub(1, t), 1 - alpha));
          return focus(missed, gamma, e.mul(weight, loss));
        },
        [probabilities, truth, binaryLosses(p, truth, fromLogits)],
      );
      return averageLoss(name, focal.rank < 2 ? focal : mean(focal, { axis: -1 }), options);
    });
  },
);

/**
 * Categorical cross-entropy that gives little weight to confident correct predictions.
 *
 * −Σ α · (1 − p)^γ · t · ln p over the last axis (Lin et al. 2017)
 *
 * @param predictions - `[…, classes]`
 * @param targets - one-hot rows; the same shape and dtype
 * @param options - `gamma` (2), `alpha` (0.25), `fromLogits` (true), `sampleWeight`, `reduction`
 * @throws ShapeError, DTypeError if predictions and targets do not match; OptionError for a negative gamma
 * @example
 * categoricalFocalCrossEntropy(tensor([[0, 0]]), tensor([[0, 1]]), { gamma: 0, alpha: 1 }).item(); // => 0.6931471824645996
 */
export const categoricalFocalCrossEntropy: LogitsLoss<FocalOptions> = /* @__PURE__ */ defineLoss(
  'categoricalFocalCrossEntropy',
  { predictions: 'logits', targets: 'values' },
  function (predictions: Tensor, targets: Tensor, options: FocalOptions = {}): Tensor {
    const name = 'categoricalFocalCrossEntropy';
    checkLoss(name, { predictions, targets }, options, focalChecks);
    const { gamma = 2, alpha = 0.25, fromLogits = true } = options;
    return withOpName(name, () => {
      const [p, wanted] = countedPair(name, predictions, targets, options);
      const values: Tensor = fromLogits ? logSoftmax(p) : p;
      const focal = map(
        (x, t) => {
          const [prob, log] = fromLogits ? [e.exp(x), x] : [x, e.log(x)];
          return e.select(e.eq(t, 0), 0, focus(e.sub(1, prob), gamma, e.mul(e.mul(alpha, t), log)));
        },
        [values, wanted],
      );
      return averageLoss(name, neg(sum(focal, { axis: -1 })), options);
    });
  },
);

/** missed^γ · loss, or 0 if `missed` is 0, where the derivative of the power may be infinite. */
function focus(missed: Expr, gamma: number, loss: Expr): Expr {
  return gamma === 0 ? loss : e.select(e.le(missed, 0), 0, e.mul(e.pow(missed, gamma), loss));
}
