import { type Expr, map, scalar as e, sum, type Tensor } from '@chainrule/tensor';
import { weighed } from './metric.ts';

/** The sum of weights `[]`, and for each column its mean `[columns]` and the sum of squared deviations `[columns]`. */
export type Moments = readonly [weight: Tensor, mean: Tensor, deviations: Tensor];

/**
 * Adds the rows of a table to moments. Combines the means and squared deviations of batches (Chan, Golub, LeVeque 1979), which
 * avoids cancellation for values far from 0.
 *
 * @param table - `[rows, columns]`
 * @param weights - `[rows, 1]`, float64
 */
export function addMoments([weight, mean, deviations]: Moments, table: Tensor, weights: Tensor): Moments {
  const columns = (x: Tensor): Tensor => sum(weighed(x, weights), { axis: 0 });
  const added: Tensor = sum(weights);
  const batchMean = map((s, w) => e.select(e.eq(w, 0), 0, e.div(s, w)), [columns(table), added]);
  const spread = columns(map((x, m) => squareOf(e.sub(e.cast(x, 'float64'), m)), [table, batchMean]));
  // The share of this batch in the total weight; 0 if the total is 0.
  const part = map((n, w) => e.select(e.eq(w, 0), 0, e.div(w, e.add(n, w))), [weight, added]);
  return [
    map((n, w) => e.add(n, w), [weight, added]),
    map((m, b, f) => e.add(m, e.mul(e.sub(b, m), f)), [mean, batchMean, part]),
    map(
      (d, s, m, b, n, f) => e.add(e.add(d, s), e.mul(e.mul(squareOf(e.sub(b, m)), n), f)),
      [deviations, spread, mean, batchMean, weight, part],
    ),
  ];
}

export function squareOf(x: Expr): Expr {
  return e.mul(x, x);
}
