import type { Backend } from '@chainrule/compiler';
import type { TrainingLoss } from '@chainrule/losses';
import type { Optimizer } from '@chainrule/optim';
import type { Shape, ShapeMistake } from '@chainrule/tensor';
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

/**
 * Labels are integers for all axes but the classes. Values have the shape of the predictions, or lack a last axis of 1. Losses
 * that do not say may take anything.
 */
type TargetsFor<Out extends Shape, L> = L extends { readonly targets: 'labels' }
  ? Samples<PositionsOf<Out>, 'int32'>
  : L extends { readonly targets: 'values' }
    ? Samples<Out> | (1 extends LastOf<Out> ? Samples<PositionsOf<Out>> : never)
    : Samples;

type PositionsOf<S extends Shape> = S extends readonly [...infer Positions extends Shape, number] ? Positions : Shape;
type LastOf<S extends Shape> = S extends readonly [...Shape, infer Last] ? Last : number;

/**
 * The names of a model's outputs, if its type says them: the keys of an object. The names in a list are those of layers, which
 * types do not know.
 */
type OutputNames<Out> = ShapeTree extends Out
  ? string
  : Out extends Shape | readonly unknown[]
    ? string
    : Out extends Readonly<Record<string, Shape>>
      ? keyof Out & string
      : string;

type NumbersOf<Out> =
  string extends OutputNames<Out>
    ? Readonly<Record<string, number>>
    : Readonly<Partial<Record<OutputNames<Out>, number>>>;

/** A type to intersect losses with: a mistake at each key that is not an output. */
type ByOutput<L, Out> = L extends ((...args: never[]) => unknown) | readonly unknown[]
  ? unknown
  : {
      readonly [K in keyof L]: K extends OutputNames<Out>
        ? unknown
        : ShapeMistake<`compile: no output is named ${K & string}`>;
    };

/** Metrics of one output as they are; those of several by the output's name. */
type MetricsOf<Out> =
  string extends OutputNames<Out>
    ? TrainingMetrics | Readonly<Record<string, TrainingMetrics | TrainingMetric>>
    : | readonly (TrainingMetrics | TrainingMetric)[]
      | Readonly<Partial<Record<OutputNames<Out>, TrainingMetrics | TrainingMetric>>>;

/** Options of a model's `compile`. */
export interface TrainingOptions<L extends TrainingLosses = TrainingLosses, Out = ShapeTree> extends BuildOptions {
  readonly optimizer: Optimizer;
  /**
   * A loss; for several outputs an object of losses by the output's name, or a list. An output without a loss is not trained,
   * and needs no targets.
   */
  readonly loss: L & ByOutput<L, Out>;
  /** The factor of each loss in the total, in the form of `loss`. Default 1. */
  readonly lossWeights?: number | readonly number[] | NumbersOf<Out>;
  /**
   * In a list, reported under their own names; in an object, under its keys. Streaming ones are those of
   * `@chainrule/metrics`; functions give one number a sample. For several outputs, an object of these by the output's name.
   */
  readonly metrics?: MetricsOf<Out>;
  /** Where the steps run; by default what `setDefaultBackend` set, else the reference, of which `fit` warns. */
  readonly backend?: Backend;
}
