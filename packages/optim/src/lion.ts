import { belowOne, checkOptions, type Checks, nonNegative } from '@chainrule/errors/check';
import { map, scalar as e, type Variable } from '@chainrule/tensor';
import { addDecayedWeights, weightDecayChecks, type WeightDecayOptions } from './addDecayedWeights.ts';
import { chain } from './chain.ts';
import { aLearningRate } from './learningRate.ts';
import { type LearningRateState, scaleByLearningRate } from './scaleByLearningRate.ts';
import { accumulators, exponentialMovingAverage } from './state.ts';
import { defineTransformation, type GradientTransformation, type Optimizer, type Schedule } from './transformation.ts';

/** Options of {@link scaleByLion}. */
export interface ScaleByLionOptions {
  /** Weight of the momentum in the update. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the momentum. Default 0.99. */
  readonly beta2?: number;
}

/** Options of {@link lion}. */
export interface LionOptions extends ScaleByLionOptions, WeightDecayOptions {
  /** A number, or a schedule; about a tenth of Adam's. Default 0.001, as in Keras. */
  readonly learningRate?: number | Schedule;
  /** The share of each weight to subtract per step, times the learning rate. Default 0. */
  readonly weightDecay?: number;
}

const checks: Checks<ScaleByLionOptions> = { beta1: belowOne, beta2: belowOne };

/** The state of {@link scaleByLion}: the momentum. */
export type ScaleByLionState = { readonly m: readonly Variable[] };

/**
 * Replaces gradients by the sign of their momentum.
 *
 * result sign(β₁m + (1 − β₁)g), then m ← β₂m + (1 − β₂)g (Chen et al. 2023). The sign of 0 is 0.
 *
 * @param options - `beta1` (0.9), `beta2` (0.99)
 * @throws OptionError for decays outside [0, 1)
 * @example
 * const w = new Variable(tensor([1, 1]));
 * const scale = scaleByLion();
 * scale.update([tensor([5, -0.1])], scale.init([w]), [w])[0].toArray(); // => 1,-1
 */
export function scaleByLion(options: ScaleByLionOptions = {}): GradientTransformation<ScaleByLionState> {
  checkOptions('scaleByLion', options, checks);
  const { beta1 = 0.9, beta2 = 0.99 } = options;
  return defineTransformation({
    name: 'scaleByLion',
    keeps: { m: 'each' },
    takes: 'gradients',
    init: (variables) => ({ m: accumulators('scaleByLion', 'm', variables) }),
    update: (gradients, { m }) =>
      gradients.map((g, i) => {
        const direction = map((mean, x) => e.sign(e.add(e.mul(mean, beta1), e.mul(x, 1 - beta1))), [m[i]!.value, g]);
        exponentialMovingAverage(m[i]!, g, beta2);
        return direction;
      }),
  });
}

/** The states of {@link lion}. */
export type LionState = readonly [ScaleByLionState, readonly [], LearningRateState];

/**
 * Lion: updates of one size for all weights, in the direction of the sign of the momentum.
 *
 * update −η · (sign(β₁m + (1 − β₁)g) + λw), then m ← β₂m + (1 − β₂)g (Chen et al. 2023)
 *
 * @param options - `learningRate` (0.001), `beta1` (0.9), `beta2` (0.99), `weightDecay` (0), `mask` of the decay
 * @throws OptionError for decays outside [0, 1)
 * @example
 * const w = new Variable(tensor([1]));
 * const optimizer = lion({ learningRate: 0.25 });
 * applyUpdates([w], optimizer.update([tensor([5])], optimizer.init([w]), [w]));
 * w.value.item(); // => 0.75
 */
export function lion(options: LionOptions = {}): Optimizer<LionState> {
  checkOptions('lion', options, {
    learningRate: aLearningRate,
    ...checks,
    ...weightDecayChecks,
    weightDecay: nonNegative,
  });
  const { learningRate = 0.001, weightDecay = 0, mask, ...scaling } = options;
  const decay = addDecayedWeights(weightDecay, { mask });
  return { ...chain(scaleByLion(scaling), decay, scaleByLearningRate(learningRate)), name: 'lion' };
}
