import type { OptimizerState } from '@chainrule/optim';
import type { Tensor } from '@chainrule/tensor';
import type { GivenBatch, Samples, TrainingData } from './batches.ts';
import type { CallbackMemory, Remembering } from './callbackMemory.ts';
import type { Model } from './model.ts';
import type { Logs } from './trainingMetric.ts';

// Callbacks get the trainer, which takes callbacks: these types need one another.

/** The average loss of an epoch and its metrics, and those of the validation after it. */
export interface EpochLogs extends Logs {
  readonly epoch: number;
}

/** What every callback may use. */
export interface TrainingControl {
  readonly trainer: Trainer;
  /** The epochs of this `fit` so far. */
  readonly history: readonly EpochLogs[];
  /**
   * Ends `fit` after the batch that runs. An epoch that this cuts short stands in the history with the averages of the
   * batches that it had; it is not validated, and `onEpochEnd` does not hear of it.
   */
  readonly stop: () => void;
  /**
   * Runs something as soon as no batch is under way, while training waits: for a signal, or a button on a page. A callback
   * must not wait for it, because training waits for the callback.
   */
  readonly pause: <T>(work: () => T | Promise<T>) => Promise<T>;
}

/** Where an epoch is; `batches` is their number where the data tell it. */
export interface EpochPosition {
  readonly epoch: number;
  readonly epochs: number;
  readonly batches: number | undefined;
}

/** What `fit` tells while it runs; it waits for promises. Epochs and batches count from 0. */
export interface Callbacks extends Remembering<TrainingControl> {
  onTrainBegin?(control: TrainingControl): void | Promise<void>;
  onEpochBegin?(at: EpochPosition, control: TrainingControl): void | Promise<void>;
  onBatchBegin?(at: EpochPosition & { readonly batch: number }, control: TrainingControl): void | Promise<void>;
  /** `logs` are the loss and the metrics of the epoch so far; without a callback for it, metrics are read once an epoch. */
  onBatchEnd?(
    at: EpochPosition & { readonly batch: number; readonly logs: Logs },
    control: TrainingControl,
  ): void | Promise<void>;
  /** Before and after the validation data are gone through. */
  onValidationBegin?(at: EpochPosition, control: TrainingControl): void | Promise<void>;
  onValidationEnd?(logs: Logs, control: TrainingControl): void | Promise<void>;
  /**
   * Before anybody's `onEpochEnd`: where a callback changes its own state, or the training's, such as a learning rate. A
   * checkpoint saved in any `onEpochEnd` then holds all of it.
   */
  onEpochLogs?(logs: EpochLogs, control: TrainingControl): void | Promise<void>;
  onEpochEnd?(logs: EpochLogs, control: TrainingControl): void | Promise<void>;
  /** Also after an early end. */
  onTrainEnd?(history: readonly EpochLogs[], control: TrainingControl): void | Promise<void>;
  /**
   * In place of `onTrainEnd` where training fails, by an error of a callback or an `AbortSignal` too. All callbacks hear of
   * it, and then `fit` throws the error; an AggregateError with it as `cause` where an `onTrainError` throws as well.
   */
  onTrainError?(error: unknown, control: TrainingControl): void | Promise<void>;
}

/** Options of `fit`. */
export interface FitOptions extends Callbacks {
  /** Default 1. */
  readonly epochs?: number;
  /** Number of the first epoch, where a training is continued. Default 0. */
  readonly initialEpoch?: number;
  /** Samples in a batch, where the data are tensors. Default 32. */
  readonly batchSize?: number;
  /** Whether each epoch takes the samples in another order, where the data are tensors. Default true. */
  readonly shuffle?: boolean;
  /**
   * Batches in an epoch. Each epoch goes on where the one before ended; data that end begin anew. Endless data need it. By
   * default an epoch goes through the data once.
   */
  readonly stepsPerEpoch?: number;
  /** Evaluated after each epoch; reported as `valLoss` and so on. */
  readonly validation?: TrainingData;
  /** How many batches of the validation data are evaluated, from the first on. By default all; endless data need it. */
  readonly validationSteps?: number;
  /** The last part of the samples, in [0, 1), is kept for validation, where the data are tensors. Default 0. */
  readonly validationSplit?: number;
  /**
   * How much each class counts, by label; others count 1. Targets are labels, `[batch]` or `[batch, 1]`; integer labels of
   * positions, such as `[batch, time]`; or rows of floats over the classes, `[batch, …, classes]`, whose largest says the
   * label.
   */
  readonly classWeights?: Readonly<Record<number, number>>;
  /** Ends `fit` after the batch that runs: it rejects with the signal's reason, and the weights stay as they are. */
  readonly signal?: AbortSignal | undefined;
  /** Callbacks besides those given here directly. */
  readonly callbacks?: readonly Callbacks[];
}

/** A model with what it takes to train it. */
export interface Trainer {
  readonly model: Model;
  /** See `learningRateOf` to change the learning rate. */
  readonly optimizerState: OptimizerState;
  /** Number of training steps so far. */
  readonly steps: number;
  /** Sets the number of steps taken: the schedule goes on from there. */
  continueAt(steps: number): void;
  /**
   * One training step; returns the loss and the metrics of the batch, as predicted before the step. A batch in which
   * nothing counts changes nothing, and its loss is NaN.
   *
   * @throws TrainingError where the loss, the gradients or the new weights are not finite; nothing of the step is kept
   * @throws StateError where layers were frozen or thawed after `compile`
   * @example
   * const trainer = sequential(input([1]), dense(1)).compile({ optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError });
   * const failed = await trainer.trainStep({ x: tensor([[1]]), y: tensor([[NaN]]) }).catch((error) => error);
   * [failed.name, trainer.steps]; // => ['TrainingError',0]
   */
  trainStep(batch: GivenBatch): Promise<Logs>;
  /**
   * Gives back the memory of the compiled steps and of the variables at once, instead of when they are collected. The
   * values stay, and the trainer may be used again: its steps are compiled anew.
   *
   * @example
   * const trainer = sequential(input([1]), dense(1)).compile({ optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError });
   * await trainer.trainStep({ x: tensor([[1]]), y: tensor([[2]]) });
   * trainer.dispose();
   */
  dispose(): void;
  /**
   * Goes through batches, or samples that it cuts into batches, once an epoch. The loss of an epoch is Σ w·loss / Σ w over
   * its batches, each with the penalties at its step. Batches in which nothing counts are left out. The event loop gets a
   * turn every few milliseconds.
   *
   * @throws TrainingError with the history, where the loss, the gradients or the new weights of a step are not finite; the
   *   weights of the step before stay
   * @throws StateError while another `fit` of this trainer runs, where layers were frozen or thawed after `compile`, or
   *   where there are no data
   * @throws the reason of `signal`
   * @example
   * const trainer = sequential(input([1]), dense(1)).compile({ optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError });
   * const endless = Dataset.fromTensors({ x: tensor([[0], [1]]), y: tensor([[1], [3]]) }).repeat().batch(1);
   * const history = await trainer.fit(endless, { stepsPerEpoch: 3, epochs: 2 });
   * [history.length, trainer.steps]; // => [2,6]
   */
  fit(data: TrainingData, options?: FitOptions): Promise<readonly EpochLogs[]>;
  /**
   * The average loss and the metrics of all samples by their weights; NaN where nothing counts. The metrics' sums stay, for
   * a confusion matrix say; while `fit` runs, an evaluation takes its turn between two batches and puts back the sums of
   * the epoch.
   *
   * @example
   * const trainer = sequential(input([1]), dense(1)).compile({ optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError });
   * const batch = { x: tensor([[0], [0]]), y: tensor([[1], [2]]) };
   * [await trainer.evaluate(batch), await trainer.evaluate([batch, batch], { steps: 1 })].map(({ loss }) => loss); // => [2.5,2.5]
   */
  evaluate(data: TrainingData, options?: EvaluateOptions): Promise<Logs>;
  /**
   * Predictions for all samples of `x`.
   *
   * @example
   * const trainer = sequential(input([2]), dense(3)).compile({ optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError });
   * (await trainer.predict(zeros([5, 2]), { batchSize: 4 })).shape; // => 5,3
   */
  predict(x: Samples, options?: PredictOptions): Promise<Tensor>;
  /** What callbacks remember, for checkpoints. */
  readonly '~memory': CallbackMemory;
}

/** Options of `predict`. */
export interface PredictOptions {
  /** Samples in a batch. Default 32. */
  readonly batchSize?: number;
  /** Ends it after the batch that runs: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of `evaluate`; `batchSize` is for data that are tensors. */
export interface EvaluateOptions extends PredictOptions {
  /** How many batches are evaluated, from the first on. By default all; endless data need it. */
  readonly steps?: number | undefined;
}
