import type { Backend } from '@chainrule/compiler';
import type { TrainingLoss } from '@chainrule/losses';
import type { Optimizer } from '@chainrule/optim';
import type { Shape, Tensor } from '@chainrule/tensor';
import type { ShapeTree } from '../graph/types.ts';
import type { Samples, SamplesTree } from './batches.ts';
import type { BuildOptions } from '../graph/model.ts';
import type { TrainingMetric, TrainingMetrics } from './trainingMetric.ts';

/** A loss, or losses of several outputs. */
export type TrainingLosses = TrainingLoss | readonly TrainingLoss[] | Readonly<Record<string, TrainingLoss>>;

/** What `fit` takes as targets: samples in the form of the outputs, of the shape that the losses need where it is known. */
export type TargetsOf<Out, L> = ShapeTree extends Out
  ? SamplesTree
  : Out extends Shape
    ? TargetsFor<Out, L>
    : L extends (...args: never[]) => unknown
      ? { readonly [K in keyof Out]: TargetsOf<Out[K], L> }
      : { readonly [K in keyof Out & keyof L]: TargetsOf<Out[K], L[K]> };

/** Labels are integers for all axes but the classes. Other losses may take anything. */
type TargetsFor<Out extends Shape, L> = L extends { readonly targets: 'labels' }
  ? | Exclude<Samples, Tensor>
    | Tensor<Out extends readonly [...infer Positions extends Shape, number] ? Positions : Shape, 'int32'>
  : Samples;

/** Options of a model's `compile`. */
export interface TrainingOptions<L extends TrainingLosses = TrainingLosses> extends BuildOptions {
  readonly optimizer: Optimizer;
  /**
   * A loss; for several outputs an object of losses by the output's name, or a list. An output without a loss is not trained,
   * and needs no targets.
   */
  readonly loss: L;
  /** The factor of each loss in the total, in the form of `loss`. Default 1. */
  readonly lossWeights?: number | readonly number[] | Readonly<Record<string, number>>;
  /**
   * In a list, reported under their own names; in an object, under its keys. Streaming ones are those of
   * `@chainrule/metrics`; functions give one number a sample. For several outputs, an object of these by the output's name.
   */
  readonly metrics?: TrainingMetrics | Readonly<Record<string, TrainingMetrics | TrainingMetric>>;
  /** Where the steps run; by default what `setDefaultBackend` set, else the reference, of which `fit` warns. */
  readonly backend?: Backend;
}
