import type { Tensor, Variable } from '@chainrule/tensor';

/** Numbers by name: the loss and the metrics. */
export type Logs = Readonly<Record<string, number>>;

/** A measure that is summed up over batches, in variables: what `@chainrule/metrics` makes. */
export interface StreamingMetric {
  /** Under which it is reported, where it stands in a list. */
  readonly name: string;
  /** Which predictions it takes, if it says so. */
  readonly predictions?: 'logits' | 'probabilities';
  readonly variables: readonly Variable[];
  /** Adds a batch inside the compiled step: assigns the variables. `weights` are the samples', 0 for padding. */
  update(predictions: Tensor, targets: Tensor, weights?: Tensor): void;
  /** The measure of everything since the last reset, from the variables' values on the host. */
  result(): number;
  reset(): void;
}

/** One number a sample, `[batch]` or one a position, `[batch, …]`, whose weighted mean is reported. */
export type MetricFunction = (predictions: Tensor, targets: Tensor) => Tensor;

/** What training is measured by. */
export type TrainingMetric = StreamingMetric | MetricFunction;

/** Metrics under their own names, or under those of an object's keys. */
export type TrainingMetrics = readonly TrainingMetric[] | Readonly<Record<string, TrainingMetric>>;
