import type { Backend } from '@chainrule/compiler';
import type { TrainingLoss } from '@chainrule/losses';
import type { Optimizer } from '@chainrule/optim';
import type { BuildOptions } from '../graph/model.ts';
import type { TrainingMetrics } from './trainingMetric.ts';

/** Options of a model's `compile`. */
export interface TrainingOptions extends BuildOptions {
  readonly optimizer: Optimizer;
  readonly loss: TrainingLoss;
  /**
   * In a list, reported under their own names; in an object, under its keys. Streaming ones are those of
   * `@chainrule/metrics`; functions give one number a sample.
   */
  readonly metrics?: TrainingMetrics;
  /** Where the steps run; by default what `setDefaultBackend` set, else the reference, of which `fit` warns. */
  readonly backend?: Backend;
}
