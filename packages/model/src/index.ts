export type { Callbacks, EpochLogs, Logs } from './callbacks.ts';
export { input, type Input } from './input.ts';
export { type BuildOptions, sequential, type Sequential } from './sequential.ts';
export {
  type Batches, type FitOptions, trainable, type Trainer, type TrainingBatch, type TrainingLoss, type TrainingMetric, type TrainingOptimizer,
  type TrainingOptions,
} from './trainer.ts';
export type * from './types.ts';
