import type { Metric } from '@chainrule/metrics';
import type { Tensor } from '@chainrule/tensor';

/** Numbers by name: the loss and the metrics. */
export type Logs = Readonly<Record<string, number>>;

/** Returns one number for each sample, `[batch]`, or each position, `[batch, …]`. Training reports the weighted mean. */
export type MetricFunction = (predictions: Tensor, targets: Tensor) => Tensor;

/** A metric of `@chainrule/metrics`, or a function. */
export type TrainingMetric = Metric | MetricFunction;

/** A list of metrics, reported under their own names, or an object, whose keys are the names. */
export type TrainingMetrics = readonly TrainingMetric[] | Readonly<Record<string, TrainingMetric>>;
