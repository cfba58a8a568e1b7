import { adam, averageWeights, clipByNorm, type GradientTransformation, sgd } from '@chainrule/optim';
import { sum, tensor } from '@chainrule/tensor';
import { objectiveOf } from '../../objectiveOf.ts';
import { variable } from './coreCalls.ts';
import type { Table } from './table.ts';

export const optimizerCalls: Table = {
  adam: () => [{ learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-7, biasCorrection: true }],
  adamW: () => [{ learningRate: 0.1, weightDecay: 0.01 }],
  sgd: () => [{ learningRate: 0.1, momentum: 0.9, nesterov: true }],
  rmsprop: () => [{ learningRate: 0.1, rho: 0.9, momentum: 0.5, epsilon: 1e-7, centered: true }],
  adagrad: () => [{ learningRate: 0.1, initialAccumulator: 0.1, epsilon: 1e-7 }],
  adadelta: () => [{ learningRate: 0.1, rho: 0.9, epsilon: 1e-7 }],
  adamax: () => [{ learningRate: 0.1, beta1: 0.9 }],
  nadam: () => [{ learningRate: 0.1, beta1: 0.9 }],
  scaleByAdam: () => [{ beta1: 0.9, beta2: 0.99, epsilon: 1e-7, biasCorrection: true }],
  scaleByAdamax: () => [{ beta1: 0.9 }],
  scaleByNadam: () => [{ beta1: 0.9, momentumDecay: 0.01 }],
  scaleByRms: () => [{ rho: 0.9, epsilon: 1e-7, biasCorrection: true }],
  scaleByStddev: () => [{ rho: 0.9, epsilon: 1e-7 }],
  scaleByRss: () => [{ initialAccumulator: 0.1, epsilon: 1e-7 }],
  scaleByAdadelta: () => [{ rho: 0.9, epsilon: 1e-7 }],
  trace: () => [{ decay: 0.9, nesterov: true }],
  defineTransformation: () => [{ name: 'copy', update: (updates: unknown) => updates }],
  learningRateOf: () => [sgd().init([variable()])],
  learningRatesOf: () => [sgd().init([variable()])],
  swapAverages: () => [averageWeights().init([variable()]), [variable()]],
  addDecayedWeights: () => [0.1, { mask: () => true }],
  accumulateGradients: () => [sgd(), 2],
  adafactor: () => [{ learningRate: 0.1, relativeStep: true, clipThreshold: 1, minimumScale: 0.001 }],
  averageWeights: () => [{ decay: 0.9 }],
  clipByRms: () => [1],
  implicitSgd: () => [{ learningRate: 0.1, iterations: 2 }],
  lamb: () => [{ learningRate: 0.1, weightDecay: 0.1 }],
  lbfgs: () => [{ memory: 2, initialStep: 1, shrink: 0.5, maxEvaluations: 2, decrease: 0.1 }],
  lion: () => [{ learningRate: 0.1, beta1: 0.9, weightDecay: 0.1, mask: () => true }],
  lookahead: () => [sgd(), { syncPeriod: 2, slowStepSize: 0.5 }],
  partition: () => [() => 'all', { all: sgd() }],
  sam: () => [sgd(), { rho: 0.1 }],
  scaleByFactoredRms: () => [{ decayRate: -0.8, epsilon: 1e-30 }],
  scaleByLbfgs: () => [{ memory: 2 }],
  scaleByLineSearch: () => [{ initialStep: 1, shrink: 0.5, maxEvaluations: 2, decrease: 0.1 }],
  scaleByLion: () => [{ beta1: 0.9, beta2: 0.99 }],
  scaleByParameterRms: () => [0.001],
  scaleByTrustRatio: () => [],
  cosineDecayRestarts: () => [
    { initialLearningRate: 0.1, firstDecaySteps: 3, periodFactor: 2, peakFactor: 1, alpha: 0 },
  ],
  oneCycle: () => [{ maxLearningRate: 0.1, totalSteps: 10, warmUpShare: 0.3, startFactor: 25, endFactor: 1e4 }],
  clipByNorm: () => [1],
  clipByGlobalNorm: () => [1],
  clipByValue: () => [1],
  scaleByLearningRate: () => [0.1],
  chain: () => [clipByNorm(1), adam()],
  applyUpdates: () => [[variable()], [tensor([1, 2])]],
  constantSchedule: () => [0.1],
  exponentialDecay: () => [{ initialLearningRate: 0.1, decaySteps: 10, decayRate: 0.5, staircase: true }],
  piecewiseConstant: () => [[1], [0.1, 0.01]],
  stepDecay: () => [{ initialLearningRate: 0.1, every: 10, factor: 0.5 }],
  inverseTimeDecay: () => [{ initialLearningRate: 0.1, decaySteps: 10, decayRate: 0.5 }],
  inversePowerDecay: () => [{ initialLearningRate: 0.1, decaySteps: 10, power: 0.5 }],
  polynomialDecay: () => [{ initialLearningRate: 0.1, decaySteps: 10, endLearningRate: 0.01, power: 2 }],
  cosineDecay: () => [{ initialLearningRate: 0.1, decaySteps: 10, alpha: 0.1 }],
  warmUp: () => [{ steps: 10, start: 0, after: () => 0.1 }],
};

/** Arguments for the methods of an optimizer or a link of a chain. */
export const transformationMethods = (made: GradientTransformation): Table => ({
  init: () => [[variable()]],
  update: () => {
    const w = variable();
    return [[tensor([0.5, 1])], made.init([w]), [w], objectiveOf(() => sum(w.value), [w])];
  },
  tick: () => [made.init([variable()]), 3],
});
