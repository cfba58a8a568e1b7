import { ShapeError, showShape } from '@chainrule/errors';
import type { Metric } from '@chainrule/metrics';
import { add, cast, full, map, scalar as e, sum, type Tensor, Variable, zeros } from '@chainrule/tensor';
import { broadcastWeights } from '@chainrule/tensor/graph';
import type { MetricFunction } from './trainingMetric.ts';

/** Averages a function of each sample over all batches: Σ w·value / Σ w. Values of weight 0 add nothing. */
export function functionMetric(name: string, each: MetricFunction): Metric {
  const sumOf = (key: string): Variable =>
    new Variable(zeros([], 'float64'), { name: `${name}/${key}`, trainable: false });
  const [total, weight] = [sumOf('total'), sumOf('weight')];
  return {
    name,
    variables: [total, weight],
    update(predictions, targets, weights) {
      const values = each(predictions, targets);
      const shares = sharesOf(name, values, predictions.shape[0], weights);
      const weighed = map((v, w) => e.select(e.eq(w, 0), 0, e.mul(e.cast(v, 'float64'), w)), [values, shares]);
      total.assign(add(total.value, sum(weighed)));
      weight.assign(add(weight.value, sum(shares)));
    },
    result: () => total.value.item() / weight.value.item(),
    reset: () => [total, weight].forEach((v) => v.assign(zeros([], 'float64'))),
  };
}

/** The weight of each value: that of its sample. */
function sharesOf(name: string, { shape }: Tensor, samples: number, weights: Tensor | undefined): Tensor {
  if (shape[0] !== samples)
    throw new ShapeError(
      `${name}: \`metrics\` must give a number for each of ${samples} samples, got shape ${showShape(shape)}`,
    );
  return weights ? broadcastWeights(name, cast(weights, 'float64'), shape) : full(shape, 1, 'float64');
}
