export {
  adadelta,
  type AdadeltaOptions,
  type AdadeltaState,
  scaleByAdadelta,
  type ScaleByAdadeltaOptions,
  type ScaleByAdadeltaState,
} from './adadelta.ts';
export {
  adagrad,
  type AdagradOptions,
  type AdagradState,
  scaleByRss,
  type ScaleByRssOptions,
  type ScaleByRssState,
} from './adagrad.ts';
export {
  adam,
  type AdamOptions,
  type AdamState,
  adamW,
  type AdamWOptions,
  type AdamWState,
  scaleByAdam,
  type ScaleByAdamOptions,
  type ScaleByAdamState,
} from './adam.ts';
export { adamax, type AdamaxState, scaleByAdamax, type ScaleByAdamaxState } from './adamax.ts';
export { addDecayedWeights } from './addDecayedWeights.ts';
export { applyUpdates } from './applyUpdates.ts';
export { type Chain, chain } from './chain.ts';
export { clipByGlobalNorm, clipByNorm, clipByValue } from './clip.ts';
export { exponentialDecay, type ExponentialDecayOptions } from './exponentialDecay.ts';
export { learningRateOf } from './learningRateOf.ts';
export {
  nadam,
  type NadamOptions,
  type NadamState,
  scaleByNadam,
  type ScaleByNadamOptions,
  type ScaleByNadamState,
} from './nadam.ts';
export {
  rmsprop,
  type RmspropOptions,
  type RmspropState,
  scaleByRms,
  type ScaleByRmsOptions,
  type ScaleByRmsState,
  scaleByStddev,
  type ScaleByStddevState,
} from './rmsprop.ts';
export { type LearningRateState, scaleByLearningRate } from './scaleByLearningRate.ts';
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
export { trace, type TraceOptions, type TraceState } from './trace.ts';
export {
  defineTransformation,
  type GradientTransformation,
  type Optimizer,
  type OptimizerState,
  type Schedule,
  type TransformationParts,
  type UpdateStage,
} from './transformation.ts';
