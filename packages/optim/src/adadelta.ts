import { belowOne, checkOptions, nonNegative } from '@chainrule/errors/check';
import { map, scalar as e, type Variable } from '@chainrule/tensor';
import { chain } from './chain.ts';
import { aLearningRate } from './learningRate.ts';
import { checkCount, follow, moments } from './moments.ts';
import { type Optimizer, type OptimizerState, type Schedule, transformation } from './optimizer.ts';
import { scaleByLearningRate } from './scaleByLearningRate.ts';

export interface AdadeltaOptions {
  /** A number, or a schedule. Default 0.001, as in Keras (the paper and PyTorch: 1). */
  readonly learningRate?: number | Schedule;
  /** Decay of the means of squares. Default 0.95. */
  readonly rho?: number;
  /** Added inside the roots. Default 1e-7. */
  readonly epsilon?: number;
}

export interface AdadeltaState extends OptimizerState {
  readonly squares: readonly Variable[];
  readonly changes: readonly Variable[];
  readonly learningRate: Variable;
}

/**
 * Steps in the unit of the variable itself: the ratio of past changes to past gradients.
 *
 * s ← ρs + (1 − ρ)g², Δ = √(d + ε) / √(s + ε) · g, d ← ρd + (1 − ρ)Δ², update −η · Δ (Zeiler 2012)
 *
 * @param options - `learningRate` (0.001), `rho` (0.95), `epsilon` (1e-7)
 * @throws OptionError for a rho outside [0, 1)
 * @example
 * adadelta().name; // => adadelta
 */
export function adadelta(options: AdadeltaOptions = {}): Optimizer<AdadeltaState> {
  checkOptions('adadelta', options, { learningRate: aLearningRate, rho: belowOne, epsilon: nonNegative });
  const { learningRate = 0.001, rho = 0.95, epsilon = 1e-7 } = options;
  const scale = transformation({
    name: 'adadelta',
    init: (variables) => ({
      squares: moments('adadelta', 'squares', variables),
      changes: moments('adadelta', 'changes', variables),
    }),
    update(gradients, { squares, changes }) {
      checkCount('adadelta', gradients, squares.length);
      const root = (x: e.Scalar): e.Scalar => e.sqrt(e.add(x, epsilon));
      return gradients.map((g, i) => {
        const s = follow(squares[i]!, g, rho, (x) => e.mul(x, x));
        const change = map((x, sum, d) => e.mul(e.div(root(d), root(sum)), x), [g, s, changes[i]!.value]);
        follow(changes[i]!, change, rho, (x) => e.mul(x, x));
        return change;
      });
    },
  });
  return { ...chain(scale, scaleByLearningRate(learningRate)), name: 'adadelta' } as Optimizer<AdadeltaState>;
}
