export { accumulateGradients, type AccumulateGradientsState } from './accumulateGradients.ts';
export {
  adadelta,
  type AdadeltaOptions,
  type AdadeltaState,
  scaleByAdadelta,
  type ScaleByAdadeltaOptions,
  type ScaleByAdadeltaState,
} from './adadelta.ts';
export {
  adafactor,
  type AdafactorOptions,
  type AdafactorState,
  clipByRms,
  scaleByFactoredRms,
  type ScaleByFactoredRmsOptions,
  type ScaleByFactoredRmsState,
  scaleByParameterRms,
} from './adafactor.ts';
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
export { addDecayedWeights, type WeightDecayOptions } from './addDecayedWeights.ts';
export { applyUpdates } from './applyUpdates.ts';
export {
  averageWeights,
  type AverageWeightsOptions,
  type AverageWeightsState,
  swapAverages,
} from './averageWeights.ts';
export { type Chain, chain } from './chain.ts';
export { clipByGlobalNorm, clipByNorm, clipByValue } from './clip.ts';
export { cosineDecayRestarts, oneCycle } from './cyclicSchedules.ts';
export { exponentialDecay, type ExponentialDecayOptions } from './exponentialDecay.ts';
export { implicitSgd, type ImplicitSgdOptions } from './implicitSgd.ts';
export { lamb, type LambOptions, type LambState, scaleByTrustRatio } from './lamb.ts';
export {
  lbfgs,
  type LbfgsOptions,
  type LbfgsState,
  scaleByLbfgs,
  type ScaleByLbfgsOptions,
  type ScaleByLbfgsState,
} from './lbfgs.ts';
export { type FoundLearningRate, learningRateOf, learningRatesOf } from './learningRateOf.ts';
export {
  lion,
  type LionOptions,
  type LionState,
  scaleByLion,
  type ScaleByLionOptions,
  type ScaleByLionState,
} from './lion.ts';
export { lookahead, type LookaheadOptions, type LookaheadState } from './lookahead.ts';
export {
  nadam,
  type NadamOptions,
  type NadamState,
  scaleByNadam,
  type ScaleByNadamOptions,
  type ScaleByNadamState,
} from './nadam.ts';
export type { Objective } from './objective.ts';
export { partition, type PartitionState } from './partition.ts';
export {
  rmsprop,
  type RmspropOptions,
  type RmspropState,
  scaleByRms,
  type ScaleByRmsOptions,
  type ScaleByRmsState,
  type ScaleByStddevOptions,
  scaleByStddev,
  type ScaleByStddevState,
} from './rmsprop.ts';
export { sam, type SamOptions } from './sam.ts';
export { type LearningRateState, scaleByLearningRate } from './scaleByLearningRate.ts';
export { scaleByLineSearch, type ScaleByLineSearchOptions } from './scaleByLineSearch.ts';
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
