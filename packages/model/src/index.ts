export type { Batches, TrainingBatch } from './batches.ts';
export type { Callbacks, EpochLogs, Logs } from './callbacks.ts';
export type { FitOptions } from './fit.ts';
export { input, type Input } from './input.ts';
export { type BuildOptions, sequential, type Sequential } from './sequential.ts';
export type { TrainingLoss, TrainingMetric, TrainingOptimizer } from './steps.ts';
export { trainable, type Trainer, type TrainingOptions } from './trainer.ts';
export type * from './types.ts';
