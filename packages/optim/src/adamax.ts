import { checkOptions } from '@chainrule/errors/check';
import { map, scalar as e, type Variable } from '@chainrule/tensor';
import { adamChecks, type AdamOptions } from './adam.ts';
import { chain } from './chain.ts';
import { biasCorrection, checkCount, countStep, follow, moments, stepCounter } from './moments.ts';
import { type Optimizer, type OptimizerState, transformation } from './optimizer.ts';
import { scaleByLearningRate } from './scaleByLearningRate.ts';
import { widestDType } from './widestDType.ts';

export interface AdamaxState extends OptimizerState {
  readonly step: Variable;
  readonly m: readonly Variable[];
  readonly u: readonly Variable[];
  readonly learningRate: Variable;
}

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
  const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = options;
  const scale = transformation({
    name: 'adamax',
    init: (variables) => ({
      step: stepCounter('adamax'),
      m: moments('adamax', 'm', variables),
      u: moments('adamax', 'u', variables),
    }),
    update(gradients, { step, m, u }) {
      checkCount('adamax', gradients, m.length);
      const correction = biasCorrection(beta1, countStep(step), widestDType(gradients));
      return gradients.map((g, i) => {
        const mean = follow(m[i]!, g, beta1);
        const norm = u[i]!;
        norm.assign(map((old, x) => e.max(e.mul(old, beta2), e.abs(x)), [norm.value, g]));
        return map(
          (first, size, c) => e.div(e.div(first, e.cast(c, g.dtype)), e.add(size, epsilon)),
          [mean, norm.value, correction],
        );
      });
    },
  });
  return { ...chain(scale, scaleByLearningRate(learningRate)), name: 'adamax' } as Optimizer<AdamaxState>;
}
