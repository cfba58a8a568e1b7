import { checkOptions, type Checks, nonNegative } from '@chainrule/errors/check';
import { type FloatDType, map, ones, scalar as e, type Tensor, Variable } from '@chainrule/tensor';
import { scaleByAdamChecks, type ScaleByAdamOptions } from './adam.ts';
import { chain } from './chain.ts';
import { aLearningRate } from './learningRate.ts';
import { type LearningRateState, scaleByLearningRate } from './scaleByLearningRate.ts';
import { accumulators, biasCorrection, countStep, exponentialMovingAverage, square, stepCounter } from './state.ts';
import { defineTransformation, type GradientTransformation, type Optimizer, type Schedule } from './transformation.ts';
import { widestDType } from './widestDType.ts';

/** Options of {@link scaleByNadam}. */
export interface ScaleByNadamOptions extends ScaleByAdamOptions {
  /** How fast the momentum reaches beta1: μₜ = β₁(1 − ½·0.96^(t·momentumDecay)). Default 0.004, as in the paper. */
  readonly momentumDecay?: number;
}

/** Options of {@link nadam}. */
export interface NadamOptions extends ScaleByNadamOptions {
  /** A number, or a schedule. Default 0.001. */
  readonly learningRate?: number | Schedule;
}

const checks: Checks<ScaleByNadamOptions> = { ...scaleByAdamChecks, momentumDecay: nonNegative };

/** The state of {@link scaleByNadam}. */
export type ScaleByNadamState = {
  readonly step: Variable;
  /** The product of all μ so far. */
  readonly product: Variable;
  readonly m: readonly Variable[];
  readonly v: readonly Variable[];
};

/**
 * The scaling of Adam with Nesterov's momentum.
 *
 * m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², result (μₜ₊₁ m / (1 − Πμₜ₊₁) + (1 − μₜ) g / (1 − Πμₜ)) / (√v̂ + ε) (Dozat
 * 2016), as in PyTorch
 *
 * @param options - as `scaleByAdam`, and `momentumDecay` (0.004)
 * @throws OptionError for decays outside [0, 1)
 * @example
 * const w = new Variable(tensor([1]));
 * const scale = scaleByNadam({ momentumDecay: 0 });
 * scale.update([tensor([5])], scale.init([w]), [w])[0].item().toFixed(4); // => 1.0564
 */
export function scaleByNadam(options: ScaleByNadamOptions = {}): GradientTransformation<ScaleByNadamState> {
  checkOptions('scaleByNadam', options, checks);
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, momentumDecay = 0.004 } = options;
  const momentumAt = (t: Tensor, ahead: number, dtype: FloatDType): Tensor =>
    map(
      (k) =>
        e.mul(
          beta1,
          e.sub(1, e.mul(0.5, e.exp(e.mul(e.add(e.cast(k, dtype), ahead), momentumDecay * Math.log(0.96))))),
        ),
      [t],
    );
  return defineTransformation({
    name: 'scaleByNadam',
    keeps: { step: 'one', product: 'one', m: 'each', v: 'each' },
    takes: 'gradients',
    init: (variables) => ({
      step: stepCounter('scaleByNadam'),
      product: new Variable(ones([], widestDType(variables)), { name: 'scaleByNadam/product', trainable: false }),
      m: accumulators('scaleByNadam', 'm', variables),
      v: accumulators('scaleByNadam', 'v', variables),
    }),
    update(gradients, { step, product, m, v }) {
      const t = countStep(step);
      const dtype = product.dtype as FloatDType;
      const [now, next] = [momentumAt(t, 0, dtype), momentumAt(t, 1, dtype)];
      product.assign(map(e.mul, [product.value, now]));
      const ofG = map((mu, all) => e.div(e.sub(1, mu), e.sub(1, all)), [now, product.value]);
      const ofM = map((mu, all) => e.div(mu, e.sub(1, e.mul(all, mu))), [next, product.value]);
      const correction = biasCorrection(beta2, t, dtype);
      return gradients.map((g, i) => {
        const mean = exponentialMovingAverage(m[i]!, g, beta1);
        const meanSquare = exponentialMovingAverage(v[i]!, g, beta2, square);
        const as = (x: e.Scalar): e.Scalar => e.cast(x, g.dtype);
        return map(
          (x, first, second, a, b, c) =>
            e.div(e.add(e.mul(as(a), first), e.mul(as(b), x)), e.add(e.sqrt(e.div(second, as(c))), epsilon)),
          [g, mean, meanSquare, ofM, ofG, correction],
        );
      });
    },
  });
}

/** The states of {@link nadam}. */
export type NadamState = readonly [ScaleByNadamState, LearningRateState];

/**
 * Adam with Nesterov's momentum.
 *
 * update −η · (μₜ₊₁ m / (1 − Πμₜ₊₁) + (1 − μₜ) g / (1 − Πμₜ)) / (√v̂ + ε) (Dozat 2016), as in PyTorch
 *
 * @param options - as `adam`, and `momentumDecay` (0.004)
 * @throws OptionError for decays outside [0, 1)
 * @example
 * nadam().name; // => nadam
 */
export function nadam(options: NadamOptions = {}): Optimizer<NadamState> {
  checkOptions('nadam', options, { learningRate: aLearningRate, ...checks });
  const { learningRate = 0.001, ...scaling } = options;
  return { ...chain(scaleByNadam(scaling), scaleByLearningRate(learningRate)), name: 'nadam' };
}
