export type { Batches, GivenBatch, Samples, TrainingBatch, TrainingData } from './batches.ts';
export type { CallbackState } from './callbackMemory.ts';
export type { Callbacks, EpochLogs, EpochPosition, TrainingControl } from './callbacks.ts';
export { earlyStopping, type EarlyStoppingOptions, type MonitorOptions } from './earlyStopping.ts';
export { input, type Input } from './input.ts';
export type { BuildOptions, Model } from './model.ts';
export { modelCheckpoint, type ModelCheckpointOptions } from './modelCheckpoint.ts';
export { type Progress, progressElement, progressLines } from './progress.ts';
export { decodeSafetensors, encodeSafetensors, type Safetensors } from './safetensors.ts';
export {
  type Architecture,
  architectureOf,
  decodeModel,
  encodeModel,
  fromArchitecture,
  type LoadOptions,
} from './savedModel.ts';
export { sequential, type Sequential, sequentialOf } from './sequential.ts';
export type { FitOptions, Trainer } from './trainer.ts';
export type { EvaluateOptions, PredictOptions, TrainerBase } from './trainerBase.ts';
export type { TrainingOptions } from './trainingOptions.ts';
export type { Logs, MetricFunction, TrainingMetric, TrainingMetrics } from './trainingMetric.ts';
export { encodeCheckpoint, restoreCheckpoint, type TrainingPosition } from './trainingState.ts';
export type * from './types.ts';
export { getWeights, setTrainable, setWeights, type WithVariables } from './weights.ts';
export type { BatchProgress, MessageTarget } from './worker/messages.ts';
export { serveTraining, type TrainingJob, type TrainingService } from './worker/serveTraining.ts';
export { type StartOptions, trainInWorker, type WorkerTraining } from './worker/trainInWorker.ts';
