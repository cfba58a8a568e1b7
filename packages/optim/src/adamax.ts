import { checkOptions } from '@chainrule/errors/check';
import { map, scalar as e, type Variable } from '@chainrule/tensor';
import { adamChecks, type AdamOptions, scaleByAdamChecks, type ScaleByAdamOptions } from './adam.ts';
import { chain } from './chain.ts';
import { type LearningRateState, scaleByLearningRate } from './scaleByLearningRate.ts';
import { accumulators, biasCorrection, countStep, exponentialMovingAverage, stepCounter } from './state.ts';
import { defineTransformation, type GradientTransformation, type Optimizer } from './transformation.ts';
import { widestDType } from './widestDType.ts';

/** The state of {@link scaleByAdamax}: the number of steps, the mean of gradients, and their decaying maximum. */
export type ScaleByAdamaxState = {
  readonly step: Variable;
  readonly m: readonly Variable[];
  readonly u: readonly Variable[];
};

/**
 * Divides the mean of past gradients by their decaying maximum.
 *
 * m ← β₁m + (1 − β₁)g, u ← max(β₂u, |g|), result m / (1 − β₁ᵗ) / (u + ε) (Kingma and Ba 2015)
 *
 * @param options - `beta1` (0.9), `beta2` (0.999), `epsilon` (1e-7)
 * @throws OptionError for decays outside [0, 1)
 * @example
 * const w = new Variable(tensor([1]));
 * const scale = scaleByAdamax();
 * scale.update([tensor([5])], scale.init([w]), [w])[0].item().toFixed(3); // => 1.000
 */
export function scaleByAdamax(options: ScaleByAdamOptions = {}): GradientTransformation<ScaleByAdamaxState> {
  checkOptions('scaleByAdamax', options, scaleByAdamChecks);
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = options;
  return defineTransformation({
    name: 'scaleByAdamax',
    keeps: { step: 'one', m: 'each', u: 'each' },
    takes: 'gradients',
    init: (variables) => ({
      step: stepCounter('scaleByAdamax'),
      m: accumulators('scaleByAdamax', 'm', variables),
      u: accumulators('scaleByAdamax', 'u', variables),
    }),
    update(gradients, { step, m, u }) {
      const correction = biasCorrection(beta1, countStep(step), widestDType(gradients));
      return gradients.map((g, i) => {
        const mean = exponentialMovingAverage(m[i]!, g, beta1);
        const norm = u[i]!;
        norm.assign(map((old, x) => e.max(e.mul(old, beta2), e.abs(x)), [norm.value, g]));
        return map(
          (first, size, c) => e.div(e.div(first, e.cast(c, g.dtype)), e.add(size, epsilon)),
          [mean, norm.value, correction],
        );
      });
    },
  });
}

/** The states of {@link adamax}. */
export type AdamaxState = readonly [ScaleByAdamaxState, LearningRateState];

/**
 * Adam with the maximum norm in place of the Euclidean one.
 *
 * m ← β₁m + (1 − β₁)g, u ← max(β₂u, |g|), update −η · m / (1 − β₁ᵗ) / (u + ε) (Kingma and Ba 2015)
 *
 * @param options - `learningRate` (0.001), `beta1` (0.9), `beta2` (0.999), `epsilon` (1e-7)
 * @throws OptionError for decays outside [0, 1)
 * @example
 * adamax().name; // => adamax
 */
export function adamax(options: AdamOptions = {}): Optimizer<AdamaxState> {
  checkOptions('adamax', options, adamChecks);
  const { learningRate = 0.001, ...scaling } = options;
  return { ...chain(scaleByAdamax(scaling), scaleByLearningRate(learningRate)), name: 'adamax' };
}
