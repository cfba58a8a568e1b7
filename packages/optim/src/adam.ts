import { aBoolean, belowOne, checkOptions, type Checks, nonNegative } from '@chainrule/errors/check';
import { map, scalar as e, type Tensor, type Variable } from '@chainrule/tensor';
import { addDecayedWeights, weightDecayChecks, type WeightDecayOptions } from './addDecayedWeights.ts';
import { chain } from './chain.ts';
import { aLearningRate } from './learningRate.ts';
import { type LearningRateState, scaleByLearningRate } from './scaleByLearningRate.ts';
import {
  accumulators,
  biasCorrection as correctionOf,
  countStep,
  exponentialMovingAverage,
  square,
  stepCounter,
} from './state.ts';
import { defineTransformation, type GradientTransformation, type Optimizer, type Schedule } from './transformation.ts';
import { widestDType } from './widestDType.ts';

/** Options of {@link scaleByAdam}. */
export interface ScaleByAdamOptions {
  /** Decay of the mean of gradients. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of their squares. Default 0.999. */
  readonly beta2?: number;
  /** Added to the root. Default 1e-7, as in Keras (PyTorch: 1e-8). */
  readonly epsilon?: number;
  /** Whether to divide the means by 1 − βᵗ, so that they are unbiased from the first step. Default true. */
  readonly biasCorrection?: boolean;
}

/** Options of {@link adam}. */
export interface AdamOptions extends ScaleByAdamOptions {
  /** A number, or a schedule. Default 0.001. */
  readonly learningRate?: number | Schedule;
}

export const scaleByAdamChecks: Checks<ScaleByAdamOptions> = {
  beta1: belowOne,
  beta2: belowOne,
  epsilon: nonNegative,
  biasCorrection: aBoolean,
};

export const adamChecks: Checks<AdamOptions> = { learningRate: aLearningRate, ...scaleByAdamChecks };

/** The state of {@link scaleByAdam}: the number of steps, and the first and second moments. */
export type ScaleByAdamState = {
  readonly step: Variable;
  readonly m: readonly Variable[];
  readonly v: readonly Variable[];
};

/**
 * Divides the mean of past gradients by the root of the mean of their squares.
 *
 * m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², result m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ) (Kingma and
 * Ba 2015)
 *
 * @param options - `beta1` (0.9), `beta2` (0.999), `epsilon` (1e-7), `biasCorrection` (true)
 * @throws OptionError for decays outside [0, 1)
 * @example
 * const w = new Variable(tensor([1]));
 * const optimizer = chain(clipByValue(1), scaleByAdam(), scaleByLearningRate(0.1));
 * applyUpdates([w], optimizer.update([tensor([5])], optimizer.init([w]), [w]));
 * w.value.item().toFixed(3); // => 0.900
 */
export function scaleByAdam(options: ScaleByAdamOptions = {}): GradientTransformation<ScaleByAdamState> {
  checkOptions('scaleByAdam', options, scaleByAdamChecks);
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, biasCorrection = true } = options;
  return defineTransformation({
    name: 'scaleByAdam',
    keeps: { step: 'one', m: 'each', v: 'each' },
    takes: 'gradients',
    init: (variables) => ({
      step: stepCounter('scaleByAdam'),
      m: accumulators('scaleByAdam', 'm', variables),
      v: accumulators('scaleByAdam', 'v', variables),
    }),
    update(gradients, { step, m, v }) {
      const t = countStep(step);
      const dtype = widestDType(gradients);
      const [c1, c2] = biasCorrection ? [correctionOf(beta1, t, dtype), correctionOf(beta2, t, dtype)] : [1, 1];
      return gradients.map((g, i): Tensor => {
        const mean = exponentialMovingAverage(m[i]!, g, beta1);
        const meanSquare = exponentialMovingAverage(v[i]!, g, beta2, square);
        return map(
          (first, second, a, b) =>
            e.div(e.div(first, e.cast(a, g.dtype)), e.add(e.sqrt(e.div(second, e.cast(b, g.dtype))), epsilon)),
          [mean, meanSquare, c1, c2],
        );
      });
    },
  });
}

/** The states of {@link adam}. */
export type AdamState = readonly [ScaleByAdamState, LearningRateState];

/**
 * Adam: gradients divided by an estimate of their size.
 *
 * m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², update −η · m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)
 * (Kingma and Ba 2015)
 *
 * @param options - `learningRate` (0.001), `beta1` (0.9), `beta2` (0.999), `epsilon` (1e-7), `biasCorrection` (true)
 * @throws OptionError for decays outside [0, 1)
 * @example
 * const w = new Variable(tensor([1]));
 * const optimizer = adam({ learningRate: 0.1 });
 * const state = optimizer.init([w]);
 * applyUpdates([w], optimizer.update([tensor([5])], state, [w]));
 * w.value.item().toFixed(3); // => 0.900
 */
export function adam(options: AdamOptions = {}): Optimizer<AdamState> {
  checkOptions('adam', options, adamChecks);
  const { learningRate = 0.001, ...scaling } = options;
  return { ...chain(scaleByAdam(scaling), scaleByLearningRate(learningRate)), name: 'adam' };
}

export interface AdamWOptions extends AdamOptions, WeightDecayOptions {
  /** The share of each weight to subtract per step, times the learning rate. Default 0.004, as in Keras. */
  readonly weightDecay?: number;
}

/** The states of {@link adamW}. */
export type AdamWState = readonly [ScaleByAdamState, readonly [], LearningRateState];

/**
 * Adam with decoupled weight decay, which does not depend on the size of the gradients.
 *
 * update −η · (m̂ / (√v̂ + ε) + λw) (Loshchilov and Hutter 2019)
 *
 * @param options - as {@link adam}, and `weightDecay` (0.004), `mask`: which variables decay (all)
 * @throws OptionError for decays outside [0, 1)
 * @example
 * adamW({ learningRate: 0.001, weightDecay: 0.01 }).name; // => adamW
 */
export function adamW(options: AdamWOptions = {}): Optimizer<AdamWState> {
  checkOptions('adamW', options, { ...adamChecks, ...weightDecayChecks, weightDecay: nonNegative });
  const { learningRate = 0.001, weightDecay = 0.004, mask, ...scaling } = options;
  const parts = chain(
    scaleByAdam(scaling),
    addDecayedWeights(weightDecay, { mask }),
    scaleByLearningRate(learningRate),
  );
  return { ...parts, name: 'adamW' };
}
