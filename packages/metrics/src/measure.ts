import { importedFrom, optional } from '@chainrule/errors/check';
import type { Tensor } from '@chainrule/tensor';
import { aTensor } from '@chainrule/tensor/graph';
import type { Metric } from './metric.ts';

const aMetric = /* @__PURE__ */ importedFrom(
  '@chainrule/metrics',
  'a metric',
  (value) => typeof value === 'object' && value !== null && 'update' in value && 'result' in value && 'reset' in value,
  '()',
);

/**
 * Evaluates a metric on a whole data set: resets it, adds the data, and returns the result.
 *
 * @param metric - the metric to evaluate
 * @param predictions - what `update` of the metric takes
 * @param targets - what `update` of the metric takes
 * @param weights - one for each sample or position. Default 1
 * @throws whatever `update` of the metric throws
 * @example
 * measure(balancedAccuracy({ classes: 2 }), tensor([0, 1, 1], 'int32'), tensor([0, 1, 0], 'int32')); // => 0.75
 */
export function measure(metric: Metric, predictions: Tensor, targets: Tensor, weights?: Tensor): number {
  aMetric('measure', 'metric', metric);
  aTensor('measure', 'predictions', predictions);
  aTensor('measure', 'targets', targets);
  optional(aTensor)('measure', 'weights', weights);
  metric.reset();
  metric.update(predictions, targets, weights);
  return metric.result();
}
