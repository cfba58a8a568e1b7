import { aBoolean, checkOptions } from '@chainrule/errors/check';
import { map, scalar as e, sigmoid, softmax, sum, type Tensor } from '@chainrule/tensor';
import { alignTargets } from '@chainrule/tensor/graph';
import { kindOf } from './checks.ts';
import type { ProbabilityOptions } from './logLoss.ts';
import { averaging, type Metric } from './metric.ts';
import { squareOf } from './moments.ts';
import { ofLabels } from './ofLabels.ts';

/**
 * The Brier score: the mean squared error of probabilities, over all batches (Brier 1950).
 *
 * Binary: predictions of the positive class and targets 0 and 1 have the same shape and dtype; the score is (p − t)². Several
 * classes: predictions are `[…, classes]` and labels int32; the score is Σ (p − t)² over the classes, halved for two classes
 * so that both forms agree, as in scikit-learn.
 *
 * @param options - `fromLogits` (true)
 * @example
 * const measure = brierScore({ fromLogits: false });
 * measure.update(tensor([0.5, 0.75]), tensor([1, 0]));
 * measure.result(); // => 0.40625
 */
export function brierScore(options: ProbabilityOptions = {}): Metric {
  checkOptions('brierScore', options, { fromLogits: aBoolean });
  const { fromLogits = true } = options;
  const name = 'brierScore';
  return averaging(
    name,
    (predictions, targets) => {
      if (targets.rank >= predictions.rank || predictions.shape.at(-1) === 1) {
        const aligned = alignTargets(name, predictions, targets);
        const p: Tensor = fromLogits ? sigmoid(predictions) : predictions;
        return map((a, t) => squareOf(e.sub(e.cast(a, 'float64'), e.cast(t, 'float64'))), [p, aligned]);
      }
      const p: Tensor = fromLogits ? softmax(predictions) : predictions;
      const squares: Tensor = sum(
        map((a) => squareOf(e.cast(a, 'float64')), [p]),
        { axis: -1 },
      );
      // Σ (p − t)² = Σ p² + 1 − 2·p[label]
      const rest = ofLabels(name, p, targets, (own) => e.sub(1, e.mul(2, e.cast(own, 'float64'))), 1);
      const share = p.shape.at(-1) === 2 ? 0.5 : 1;
      return map((s, r) => e.mul(share, e.add(s, r)), [squares, rest]);
    },
    { predictions: kindOf(fromLogits) },
  );
}
