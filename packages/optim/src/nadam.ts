import { checkOptions, nonNegative } from '@chainrule/errors/check';
import { type FloatDType, map, ones, scalar as e, type Tensor, Variable } from '@chainrule/tensor';
import { adamChecks, type AdamOptions } from './adam.ts';
import { chain } from './chain.ts';
import { biasCorrection, checkCount, countStep, follow, moments, stepCounter } from './moments.ts';
import { type Optimizer, type OptimizerState, transformation } from './optimizer.ts';
import { scaleByLearningRate } from './scaleByLearningRate.ts';
import { widestDType } from './widestDType.ts';

export interface NadamOptions extends AdamOptions {
  /** How fast the momentum reaches beta1: μₜ = β₁(1 − ½·0.96^(t·momentumDecay)). Default 0.004, as in the paper. */
  readonly momentumDecay?: number;
}

export interface NadamState extends OptimizerState {
  readonly step: Variable;
  /** The product of all μ so far. */
  readonly product: Variable;
  readonly m: readonly Variable[];
  readonly v: readonly Variable[];
  readonly learningRate: Variable;
}

/**
 * Adam with Nesterov's momentum.
 *
 * update −η · (μₜ₊₁ m / (1 − Πμₜ₊₁) + (1 − μₜ) g / (1 − Πμₜ)) / (√v̂ + ε) (Dozat 2016), as PyTorch has it.
 *
 * @param options - as {@link adam}, and `momentumDecay` (0.004)
 * @throws OptionError for decays outside [0, 1)
 * @example
 * nadam().name; // => nadam
 */
export function nadam(options: NadamOptions = {}): Optimizer<NadamState> {
  checkOptions('nadam', options, { ...adamChecks, momentumDecay: nonNegative });
  const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, momentumDecay = 0.004 } = options;
  const momentumAt = (t: Tensor, ahead: number, dtype: FloatDType): Tensor =>
    map(
      (k) =>
        e.mul(
          beta1,
          e.sub(1, e.mul(0.5, e.exp(e.mul(e.add(e.cast(k, dtype), ahead), momentumDecay * Math.log(0.96))))),
        ),
      [t],
    );
  const scale = transformation({
    name: 'nadam',
    init: (variables) => ({
      step: stepCounter('nadam'),
      product: new Variable(ones([], widestDType(variables)), { name: 'nadam/product', trainable: false }),
      m: moments('nadam', 'm', variables),
      v: moments('nadam', 'v', variables),
    }),
    update(gradients, { step, product, m, v }) {
      checkCount('nadam', gradients, m.length);
      const t = countStep(step);
      const dtype = product.dtype as FloatDType;
      const [now, next] = [momentumAt(t, 0, dtype), momentumAt(t, 1, dtype)];
      product.assign(map(e.mul, [product.value, now]));
      const ofG = map((mu, all) => e.div(e.sub(1, mu), e.sub(1, all)), [now, product.value]);
      const ofM = map((mu, all) => e.div(mu, e.sub(1, e.mul(all, mu))), [next, product.value]);
      const correction = biasCorrection(beta2, t, dtype);
      return gradients.map((g, i) => {
        const mean = follow(m[i]!, g, beta1);
        const square = follow(v[i]!, g, beta2, (x) => e.mul(x, x));
        const as = (x: e.Scalar): e.Scalar => e.cast(x, g.dtype);
        return map(
          (x, first, second, a, b, c) =>
            e.div(e.add(e.mul(as(a), first), e.mul(as(b), x)), e.add(e.sqrt(e.div(second, as(c))), epsilon)),
          [g, mean, square, ofM, ofG, correction],
        );
      });
    },
  });
  return { ...chain(scale, scaleByLearningRate(learningRate)), name: 'nadam' } as Optimizer<NadamState>;
}
