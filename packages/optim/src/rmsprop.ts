import { aBoolean, belowOne, checkOptions, nonNegative } from '@chainrule/errors/check';
import { map, scalar as e, type Variable } from '@chainrule/tensor';
import { chain } from './chain.ts';
import { aLearningRate } from './learningRate.ts';
import { checkCount, follow, moments } from './moments.ts';
import { type Optimizer, type OptimizerState, type Schedule, transformation } from './optimizer.ts';
import { scaleByLearningRate } from './scaleByLearningRate.ts';

export interface RmspropOptions {
  /** A number, or a schedule. Default 0.001, as in Keras (PyTorch: 0.01). */
  readonly learningRate?: number | Schedule;
  /** Decay of the mean of squares. Default 0.9 (PyTorch: 0.99). */
  readonly rho?: number;
  /** Momentum of the scaled gradients. Default 0. */
  readonly momentum?: number;
  /** Divide by the deviation instead of the root of the mean of squares. Default false. */
  readonly centered?: boolean;
  /** Added to the root, as in PyTorch (Keras: inside of it). Default 1e-7. */
  readonly epsilon?: number;
}

export interface RmspropState extends OptimizerState {
  readonly squares: readonly Variable[];
  readonly learningRate: Variable;
}

/**
 * Gradients divided by a moving average of their size.
 *
 * s ← ρs + (1 − ρ)g², update −η · g / (√s + ε); centred, s less the square of the moving mean (Tieleman and Hinton 2012;
 * Graves 2013)
 *
 * @param options - `learningRate` (0.001), `rho` (0.9), `momentum` (0), `centered` (false), `epsilon` (1e-7)
 * @throws OptionError for decays outside [0, 1)
 * @example
 * rmsprop().name; // => rmsprop
 */
export function rmsprop(options: RmspropOptions = {}): Optimizer<RmspropState> {
  checkOptions('rmsprop', options, {
    learningRate: aLearningRate,
    rho: belowOne,
    momentum: belowOne,
    centered: aBoolean,
    epsilon: nonNegative,
  });
  const { learningRate = 0.001, rho = 0.9, momentum = 0, centered = false, epsilon = 1e-7 } = options;
  const scale = transformation<OptimizerState>({
    name: 'rmsprop',
    init: (variables) => ({
      squares: moments('rmsprop', 'squares', variables),
      ...(centered && { means: moments('rmsprop', 'means', variables) }),
      ...(momentum > 0 && { velocity: moments('rmsprop', 'velocity', variables) }),
    }),
    update(gradients, state) {
      const { squares, means, velocity } = state as Record<string, readonly Variable[] | undefined>;
      checkCount('rmsprop', gradients, squares!.length);
      return gradients.map((g, i) => {
        const s = follow(squares![i]!, g, rho, (x) => e.mul(x, x));
        const mean = means ? follow(means[i]!, g, rho) : 0;
        const scaled = map(
          (x, square, m) => e.div(x, e.add(e.sqrt(centered ? atLeast0(e.sub(square, e.mul(m, m))) : square), epsilon)),
          [g, s, mean],
        );
        if (!velocity) return scaled;
        const v = velocity[i]!;
        v.assign(map((old, x) => e.add(e.mul(old, momentum), x), [v.value, scaled]));
        return v.value;
      });
    },
  });
  return { ...chain(scale, scaleByLearningRate(learningRate)), name: 'rmsprop' } as Optimizer<RmspropState>;
}

/** A variance may come out below 0 by rounding. */
function atLeast0(x: e.Scalar): e.Scalar {
  return e.select(e.le(x, 0), 0, x);
}
