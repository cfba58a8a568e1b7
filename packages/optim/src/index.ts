export { adadelta, type AdadeltaOptions, type AdadeltaState } from './adadelta.ts';
export { adagrad, type AdagradOptions, type AdagradState } from './adagrad.ts';
export { adam, type AdamOptions, type AdamState, adamW, type AdamWOptions } from './adam.ts';
export { adamax, type AdamaxState } from './adamax.ts';
export { addWeightDecay } from './addWeightDecay.ts';
export { applyUpdates } from './applyUpdates.ts';
export { chain } from './chain.ts';
export { clipByGlobalNorm, clipByNorm, clipByValue } from './clip.ts';
export { exponentialDecay, type ExponentialDecayOptions } from './exponentialDecay.ts';
export { nadam, type NadamOptions, type NadamState } from './nadam.ts';
export type { Optimizer, OptimizerState, Schedule } from './optimizer.ts';
export { rmsprop, type RmspropOptions, type RmspropState } from './rmsprop.ts';
export { scaleByLearningRate } from './scaleByLearningRate.ts';
export {
  constantSchedule,
  cosineDecay,
  inversePowerDecay,
  inverseTimeDecay,
  piecewiseConstant,
  polynomialDecay,
  stepDecay,
  warmUp,
} from './schedules.ts';
export { sgd, type SgdOptions, type SgdState } from './sgd.ts';
