import { aBoolean, belowOne, checkOptions, type Checks, nonNegative } from '@chainrule/errors/check';
import { map, scalar as e, type Tensor, type Variable } from '@chainrule/tensor';
import { addWeightDecay } from './addWeightDecay.ts';
import { chain } from './chain.ts';
import { aLearningRate } from './learningRate.ts';
import { biasCorrection as correctionOf, checkCount, countStep, follow, moments, stepCounter } from './moments.ts';
import { type Optimizer, type OptimizerState, type Schedule, transformation } from './optimizer.ts';
import { scaleByLearningRate } from './scaleByLearningRate.ts';
import { widestDType } from './widestDType.ts';

/** Options of {@link adam}. */
export interface AdamOptions {
  /** A number, or a schedule. Default 0.001. */
  readonly learningRate?: number | Schedule;
  /** Decay of the mean of gradients. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of their squares. Default 0.999. */
  readonly beta2?: number;
  /** Added to the root. Default 1e-7, as in Keras (PyTorch: 1e-8). */
  readonly epsilon?: number;
  /** Whether the means are divided by 1 − βᵗ, which they lack at first. Default true. */
  readonly biasCorrection?: boolean;
}

export const adamChecks: Checks<AdamOptions> = {
  learningRate: aLearningRate,
  beta1: belowOne,
  beta2: belowOne,
  epsilon: nonNegative,
  biasCorrection: aBoolean,
};

interface Moments extends OptimizerState {
  readonly step: Variable;
  readonly m: readonly Variable[];
  readonly v: readonly Variable[];
}

/** The variables that {@link adam} keeps. */
export interface AdamState extends Moments {
  readonly learningRate: Variable;
}

/**
 * Adam: steps in units of the gradient's own size.
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
  const { learningRate = 0.001 } = options;
  return {
    ...chain(scaleByAdam('adam', options), scaleByLearningRate(learningRate)),
    name: 'adam',
  } as Optimizer<AdamState>;
}

export interface AdamWOptions extends AdamOptions {
  /** Part of the weight that is taken off at each step, times the learning rate. Default 0.004, as in Keras. */
  readonly weightDecay?: number;
}

/**
 * Adam with weight decay that is not scaled by the gradient's size.
 *
 * update −η · (m̂ / (√v̂ + ε) + λw) (Loshchilov and Hutter 2019)
 *
 * @param options - as {@link adam}, and `weightDecay` (0.004)
 * @throws OptionError for decays outside [0, 1)
 * @example
 * adamW({ learningRate: 0.001, weightDecay: 0.01 }).name; // => adamW
 */
export function adamW(options: AdamWOptions = {}): Optimizer<AdamState> {
  checkOptions('adamW', options, { ...adamChecks, weightDecay: nonNegative });
  const { learningRate = 0.001, weightDecay = 0.004 } = options;
  const parts = chain(scaleByAdam('adamW', options), addWeightDecay(weightDecay), scaleByLearningRate(learningRate));
  return { ...parts, name: 'adamW' } as Optimizer<AdamState>;
}

function scaleByAdam(
  name: string,
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, biasCorrection = true }: AdamOptions,
): Optimizer<Moments> {
  return transformation<Moments>({
    name,
    init: (variables) => ({
      step: stepCounter(name),
      m: moments(name, 'm', variables),
      v: moments(name, 'v', variables),
    }),
    update(gradients, { step, m, v }) {
      checkCount(name, gradients, m.length);
      const t = countStep(step);
      const dtype = widestDType(gradients);
      const [c1, c2] = biasCorrection ? [correctionOf(beta1, t, dtype), correctionOf(beta2, t, dtype)] : [1, 1];
      return gradients.map((g, i): Tensor => {
        const mean = follow(m[i]!, g, beta1);
        const square = follow(v[i]!, g, beta2, (x) => e.mul(x, x));
        return map(
          (first, second, a, b) =>
            e.div(e.div(first, e.cast(a, g.dtype)), e.add(e.sqrt(e.div(second, e.cast(b, g.dtype))), epsilon)),
          [mean, square, c1, c2],
        );
      });
    },
  });
}
