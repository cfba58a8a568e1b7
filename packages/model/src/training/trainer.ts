import type { DType, Shape } from '@chainrule/tensor';
import type { ShapeTree } from '../graph/types.ts';
import type { SamplesOf, SamplesTree, TrainingData } from './batches.ts';
import type { Callbacks, EpochLogs } from '../callbacks/callbacks.ts';
import type { TrainerBase } from './trainerBase.ts';

/** Options of `fit`. */
export interface FitOptions extends Callbacks {
  /** Default 1. */
  readonly epochs?: number;
  /** Number of the first epoch, to continue a training. Default 0. */
  readonly initialEpoch?: number;
  /** Samples in a batch, if the data are tensors. Default 32. */
  readonly batchSize?: number;
  /** Whether each epoch shuffles the samples, if the data are tensors. Default true. */
  readonly shuffle?: boolean;
  /**
   * Batches in an epoch. Each epoch continues where the one before ended, and data that end start over. By default an epoch
   * is one pass over the data; endless data need this option.
   */
  readonly stepsPerEpoch?: number;
  /** Data to evaluate after each epoch. Results are reported as `valLoss` and so on. */
  readonly validation?: TrainingData;
  /** Number of validation batches. By default all; endless data need this option. */
  readonly validationSteps?: number;
  /** The part of the samples, in [0, 1), to hold out from the end for validation, if the data are tensors. Default 0. */
  readonly validationSplit?: number;
  /**
   * The weight of each class, by label: a finite number from 0; 1 by default. Targets are labels, `[batch]` or `[batch, 1]`; integer labels of
   * positions, such as `[batch, time]`; or rows of floats over the classes, `[batch, …, classes]`, whose largest is the
   * label.
   */
  readonly classWeights?: Readonly<Record<number, number>>;
  /** Ends `fit` after the running batch. `fit` rejects with the signal's reason; the weights keep their values. */
  readonly signal?: AbortSignal | undefined;
  /** More callbacks; these options may hold callbacks themselves. */
  readonly callbacks?: readonly Callbacks[];
}

/** A trainer of a model with any inputs and outputs. */
export type AnyTrainer = Trainer<ShapeTree, ShapeTree>;

/**
 * A model with an optimizer, a loss and metrics. `compile` of a model makes one. `In` and `Out` are the shapes of the model's
 * inputs and outputs, by default one each, `Y` is the type of targets, and `D` the dtypes of samples.
 */
export interface Trainer<In = Shape, Out = Shape, Y = SamplesTree, D = DType> extends TrainerBase<In, Out, Y, D> {
  /**
   * Trains on batches, or on samples that it splits into batches. The loss of an epoch is Σ w·loss / Σ w over its batches,
   * each with the penalties at its step. Batches whose weights are all 0 are skipped. The event loop gets a turn every few
   * milliseconds.
   *
   * An epoch ends with the data, or after `stepsPerEpoch` batches. A `Dataset` knows whether it ends, so `fit` refuses an
   * endless one without `stepsPerEpoch`. A plain iterable or a generator does not tell: without `stepsPerEpoch`, its first
   * epoch goes on until `signal` or `stop` ends it.
   *
   * @throws TrainingError with the history, if the loss, the gradients or the new weights of a step are not finite; the
   *   weights keep their values from before the step
   * @throws StateError while another `fit` of this trainer runs, if layers were frozen or thawed after `compile`, or if
   *   the data are empty
   * @throws ValueError if a weight of a sample is negative, infinite or NaN
   * @throws the reason of `signal`
   * @example
   * const trainer = sequential(input([1]), dense(1)).compile({ optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError });
   * const endless = Dataset.fromTensors({ x: tensor([[0], [1]]), y: tensor([[1], [3]]) }).repeat().batch(1);
   * const history = await trainer.fit(endless, { stepsPerEpoch: 3, epochs: 2 });
   * [history.length, trainer.steps]; // => [2,6]
   */
  fit(data: TrainingData<SamplesOf<In, D>, Y>, options?: FitOptions): Promise<readonly EpochLogs[]>;
  /** Trains on all samples, with the arguments of Keras. */
  fit(x: SamplesOf<In, D>, y: Y, options?: FitOptions): Promise<readonly EpochLogs[]>;
}
