import { logSoftmax, map, neg, scalar as e, sum, type Tensor } from '@chainrule/tensor';
import { withOpName } from '@chainrule/tensor/graph';
import { averageLoss, checkLoss } from './averageLoss.ts';
import { countedPair } from './compareElements.ts';
import { smoothedChecks, type SmoothedOptions } from './labelSmoothing.ts';
import { defineLoss, type LogitsLoss } from './loss.ts';

/**
 * The cross-entropy of predicted classes and target distributions, such as one-hot rows.
 *
 * −Σ t·log softmax(p) over the last axis. With label smoothing α, t becomes (1 − α)·t + α / classes. Takes logits by default
 * (Keras: probabilities).
 *
 * @param predictions - `[…, classes]`
 * @param targets - the same shape and dtype
 * @param options - `fromLogits` (true), `labelSmoothing` (0), `sampleWeight`, `reduction` ('mean')
 * @returns a scalar, or the loss of each sample with reduction 'none'
 * @throws ShapeError, DTypeError if predictions and targets do not match
 * @example
 * categoricalCrossEntropy(tensor([[0, 0]]), tensor([[0, 1]])).item(); // => 0.6931471824645996
 */
export const categoricalCrossEntropy: LogitsLoss<SmoothedOptions> = /* @__PURE__ */ defineLoss(
  'categoricalCrossEntropy',
  { predictions: 'logits', targets: 'values' },
  function (predictions: Tensor, targets: Tensor, options: SmoothedOptions = {}): Tensor {
    const name = 'categoricalCrossEntropy';
    checkLoss(name, { predictions, targets }, options, smoothedChecks);
    const { fromLogits = true, labelSmoothing = 0 } = options;
    return withOpName(name, () => {
      const [p, wanted] = countedPair(name, predictions, targets, options);
      const values: Tensor = fromLogits ? logSoftmax(p) : p;
      const classes = predictions.shape.at(-1)!;
      const terms = map(
        (x, t) => {
          const smooth = labelSmoothing === 0 ? t : e.add(e.mul(t, 1 - labelSmoothing), labelSmoothing / classes);
          // A class with target 0 contributes 0, even if its logarithm is −∞.
          return e.select(e.eq(smooth, 0), 0, e.mul(smooth, fromLogits ? x : e.log(x)));
        },
        [values, wanted],
      );
      return averageLoss(name, neg(sum(terms, { axis: -1 })), options);
    });
  },
);
