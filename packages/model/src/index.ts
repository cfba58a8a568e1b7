export type { Batches, GivenBatch, Samples, TrainingBatch, TrainingData } from './training/batches.ts';
export type { CallbackState } from './callbacks/callbackMemory.ts';
export type { Callbacks, EpochLogs, EpochPosition, TrainingControl } from './callbacks/callbacks.ts';
export { earlyStopping, type EarlyStoppingOptions, type MonitorOptions } from './callbacks/earlyStopping.ts';
export { input, type Input } from './graph/input.ts';
export type { BuildOptions, Model } from './graph/model.ts';
export { modelCheckpoint, type ModelCheckpointOptions } from './callbacks/modelCheckpoint.ts';
export { type Progress, progressElement, progressLines } from './callbacks/progress.ts';
export { decodeSafetensors, encodeSafetensors, type Safetensors } from './files/safetensors.ts';
export {
  type Architecture,
  architectureOf,
  decodeModel,
  encodeModel,
  fromArchitecture,
  type LoadOptions,
} from './files/savedModel.ts';
export { sequential, type Sequential, sequentialOf } from './graph/sequential.ts';
export type { FitOptions, Trainer } from './training/trainer.ts';
export type { EvaluateOptions, PredictOptions, TrainerBase } from './training/trainerBase.ts';
export type { TrainingOptions } from './training/trainingOptions.ts';
export type { Logs, MetricFunction, TrainingMetric, TrainingMetrics } from './training/trainingMetric.ts';
export { encodeCheckpoint, restoreCheckpoint, type TrainingPosition } from './files/trainingState.ts';
export type * from './graph/types.ts';
export { getWeights, setTrainable, setWeights, type WithVariables } from './graph/weights.ts';
export type { BatchProgress, MessageTarget } from './worker/messages.ts';
export { serveTraining, type TrainingJob, type TrainingService } from './worker/serveTraining.ts';
export { type StartOptions, trainInWorker, type WorkerTraining } from './worker/trainInWorker.ts';
