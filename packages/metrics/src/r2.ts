import { ShapeError, showShape } from '@chainrule/errors';
import { aCount, checkOptions } from '@chainrule/errors/check';
import { type Expr, map, reshape, scalar as e, sum, type Tensor } from '@chainrule/tensor';
import { checkPair } from '@chainrule/tensor/graph';
import { type Metric, positionWeights, streaming, weighed } from './metric.ts';

/** Options of {@link r2}. */
export interface R2Options {
  /** How many numbers are predicted for a sample: the size of the last axis. Default 1, for which there need be no axis. */
  readonly outputs?: number;
}

/**
 * How much of the targets' variance is explained: 1 − Σw(t − p)² / Σw(t − t̄)², the mean of it over the outputs.
 *
 * Predictions and targets are `[…, outputs]`, or `[…]` for one. For targets that are all the same it is 1 if all
 * predictions are right, else 0, as in scikit-learn; NaN where nothing was added. Batches are joined by their means and
 * squared deviations (Chan, Golub, LeVeque 1979), so that targets far from 0 lose no digits.
 *
 * @param options - `outputs` (1)
 * @throws OptionError for outputs that are no positive integer
 * @example
 * const score = r2();
 * score.update(tensor([1, 2, 4]), tensor([1, 2, 3]));
 * score.result(); // => 0.5
 */
export function r2(options: R2Options = {}): Metric {
  checkOptions('r2', options, { outputs: aCount });
  const { outputs = 1 } = options;
  const name = 'r2';
  return streaming({
    name,
    sums: { weight: [], mean: [outputs], deviations: [outputs], residuals: [outputs] },
    next([weight, mean, deviations, residuals], predictions, targets, weights) {
      checkPair(name, predictions, targets);
      const table = (x: Tensor): Tensor => tableOf(x, outputs);
      const [p, t] = [table(predictions), table(targets)];
      const positions = outputs === 1 ? targets.shape : targets.shape.slice(0, -1);
      const column: Tensor = reshape(positionWeights(name, positions, weights), [t.shape[0]!, 1]);
      const columns = (x: Tensor): Tensor => sum(weighed(x, column), { axis: 0 });
      const added: Tensor = sum(column);
      const batchMean = map((s, w) => e.select(e.eq(w, 0), 0, e.div(s, w)), [columns(t), added]);
      const spread = columns(map((x, m) => squareOf(e.sub(e.cast(x, 'float64'), m)), [t, batchMean]));
      const errors = columns(map((a, b) => squareOf(e.sub(e.cast(a, 'float64'), e.cast(b, 'float64'))), [t, p]));
      // The part of the batch in all weights; 0 while there are none.
      const part = map((n, w) => e.select(e.eq(w, 0), 0, e.div(w, e.add(n, w))), [weight!, added]);
      return [
        map((n, w) => e.add(n, w), [weight!, added]),
        map((m, b, f) => e.add(m, e.mul(e.sub(b, m), f)), [mean!, batchMean, part]),
        map(
          (d, s, m, b, n, f) => e.add(e.add(d, s), e.mul(e.mul(squareOf(e.sub(b, m)), n), f)),
          [deviations!, spread, mean!, batchMean, weight!, part],
        ),
        map((r, x) => e.add(r, x), [residuals!, errors]),
      ];
    },
    result: ([weight], _mean, deviations, residuals) => {
      if (weight === 0) return NaN;
      return deviations.reduce((all, d, i) => all + explained(d, residuals[i]!), 0) / outputs;
    },
  });
}

function explained(deviations: number, residuals: number): number {
  if (deviations === 0) return residuals === 0 ? 1 : 0;
  return 1 - residuals / deviations;
}

function tableOf(x: Tensor, outputs: number): Tensor {
  if (outputs !== 1 && x.shape.at(-1) !== outputs) {
    throw new ShapeError(
      `r2: \`predictions\` must have ${outputs} outputs on the last axis, got ${showShape(x.shape)}`,
    );
  }
  return reshape(x, [x.size / outputs, outputs]);
}

function squareOf(x: Expr): Expr {
  return e.mul(x, x);
}
