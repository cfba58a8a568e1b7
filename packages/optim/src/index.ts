export { adam, type AdamOptions, type AdamState } from './adam.ts';
export { applyUpdates } from './applyUpdates.ts';
export { exponentialDecay, type ExponentialDecayOptions } from './exponentialDecay.ts';
export type { Optimizer, OptimizerState, Schedule } from './optimizer.ts';
