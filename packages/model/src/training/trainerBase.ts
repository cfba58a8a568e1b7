import type { OptimizerState } from '@chainrule/optim';
import type { DType } from '@chainrule/tensor';
import type { ShapeTree, TensorsOf, Unmeasured } from '../graph/types.ts';
import type { GivenBatch, SamplesOf, SamplesTree, TrainingData } from './batches.ts';
import type { CallbackMemory } from '../callbacks/callbackMemory.ts';
import type { Model } from '../graph/model.ts';
import type { Logs } from './trainingMetric.ts';

/** Options of `predict`. */
export interface PredictOptions {
  /** Samples in a batch. Default 32. */
  readonly batchSize?: number;
  /** Ends the call after the running batch; it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of `evaluate`. `batchSize` applies to data that are tensors. */
export interface EvaluateOptions extends PredictOptions {
  /** Number of batches to evaluate. By default all; endless data need this option. */
  readonly steps?: number | undefined;
}

/** A trainer without `fit`: what callbacks of a running `fit` may use. */
export interface TrainerBase<In = ShapeTree, Out = ShapeTree, Y = SamplesTree, D = DType> {
  // Compared member by member: see `graph/types.ts`.
  readonly '~in'?: { -readonly [K in keyof In]-?: unknown };
  readonly '~out'?: { -readonly [K in keyof Out]-?: unknown };
  readonly '~dtypes'?: Unmeasured<D>;
  readonly model: Model<In, Out>;
  /** See `learningRateOf` to change the learning rate. */
  readonly optimizerState: OptimizerState;
  /** Number of training steps taken. */
  readonly steps: number;
  /** Sets the number of steps taken, from which schedules continue. */
  continueAt(steps: number): void;
  /**
   * Takes one training step. Returns the loss and the metrics of the batch, as predicted before the step. A batch whose
   * weights are all 0 changes nothing, and its loss is NaN.
   *
   * @throws TrainingError if the loss, the gradients or the new weights are not finite; the step is discarded
   * @throws StateError if layers were frozen or thawed after `compile`
   * @throws ValueError if a weight of a sample is negative, infinite or NaN
   * @example
   * const trainer = sequential(input([1]), dense(1)).compile({ optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError });
   * const failed = await trainer.trainStep({ x: tensor([[1]]), y: tensor([[NaN]]) }).catch((error) => error);
   * [failed.name, trainer.steps]; // => ['TrainingError',0]
   */
  trainStep(batch: GivenBatch<SamplesOf<In, D>, Y>): Promise<Logs>;
  /**
   * Frees the memory of the compiled steps and the variables on the backend at once, instead of at garbage collection. The
   * values stay. You may use the trainer again, which compiles its steps anew.
   *
   * @example
   * const trainer = sequential(input([1]), dense(1)).compile({ optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError });
   * await trainer.trainStep({ x: tensor([[1]]), y: tensor([[2]]) });
   * trainer.dispose();
   */
  dispose(): void;
  /**
   * Returns the weighted average of the loss and the metrics over all samples; NaN if all weights are 0. The metrics keep
   * their sums, for a confusion matrix, say. While `fit` runs, an evaluation waits for the gap between two batches, and
   * restores the sums of the epoch afterwards.
   *
   * @example
   * const trainer = sequential(input([1]), dense(1)).compile({ optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError });
   * const batch = { x: tensor([[0], [0]]), y: tensor([[1], [2]]) };
   * [await trainer.evaluate(batch), await trainer.evaluate([batch, batch], { steps: 1 })].map(({ loss }) => loss); // => [2.5,2.5]
   */
  evaluate(data: TrainingData<SamplesOf<In, D>, Y>, options?: EvaluateOptions): Promise<Logs>;
  /** Evaluates all samples, with the arguments of Keras. */
  evaluate(x: SamplesOf<In, D>, y: Y, options?: EvaluateOptions): Promise<Logs>;
  /**
   * Returns the predictions for all samples of `x`.
   *
   * @example
   * const trainer = sequential(input([2]), dense(3)).compile({ optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError });
   * (await trainer.predict(zeros([5, 2]), { batchSize: 4 })).shape; // => 5,3
   */
  predict(x: SamplesOf<In, D>, options?: PredictOptions): Promise<TensorsOf<Out>>;
  /** The states of callbacks, for checkpoints. */
  readonly '~memory': CallbackMemory;
}
