import { belowOne, checkOptions, type Checks, nonNegative } from '@chainrule/errors/check';
import { map, scalar as e, type Variable } from '@chainrule/tensor';
import { chain } from './chain.ts';
import { aLearningRate } from './learningRate.ts';
import { type LearningRateState, scaleByLearningRate } from './scaleByLearningRate.ts';
import { accumulators, exponentialMovingAverage, square } from './state.ts';
import { defineTransformation, type GradientTransformation, type Optimizer, type Schedule } from './transformation.ts';

/** Options of {@link scaleByAdadelta}. */
export interface ScaleByAdadeltaOptions {
  /** Decay of the means of squares. Default 0.95. */
  readonly rho?: number;
  /** Added inside the roots. Default 1e-7. */
  readonly epsilon?: number;
}

/** Options of {@link adadelta}. */
export interface AdadeltaOptions extends ScaleByAdadeltaOptions {
  /** A number, or a schedule. Default 0.001, as in Keras (the paper and PyTorch: 1). */
  readonly learningRate?: number | Schedule;
}

const checks: Checks<ScaleByAdadeltaOptions> = { rho: belowOne, epsilon: nonNegative };

/** The state of {@link scaleByAdadelta}: the means of squared gradients and squared updates. */
export type ScaleByAdadeltaState = { readonly squares: readonly Variable[]; readonly changes: readonly Variable[] };

/**
 * Scales gradients to the unit of the variable by the ratio of past updates to past gradients.
 *
 * s ← ρs + (1 − ρ)g², result Δ = √(d + ε) / √(s + ε) · g, d ← ρd + (1 − ρ)Δ² (Zeiler 2012)
 *
 * @param options - `rho` (0.95), `epsilon` (1e-7)
 * @throws OptionError for a rho outside [0, 1)
 * @example
 * const w = new Variable(tensor([1]));
 * const scale = scaleByAdadelta({ rho: 0 });
 * scale.update([tensor([5])], scale.init([w]), [w])[0].item().toFixed(5); // => 0.00032
 */
export function scaleByAdadelta(options: ScaleByAdadeltaOptions = {}): GradientTransformation<ScaleByAdadeltaState> {
  checkOptions('scaleByAdadelta', options, checks);
  const { rho = 0.95, epsilon = 1e-7 } = options;
  return defineTransformation({
    name: 'scaleByAdadelta',
    keeps: { squares: 'each', changes: 'each' },
    takes: 'gradients',
    init: (variables) => ({
      squares: accumulators('scaleByAdadelta', 'squares', variables),
      changes: accumulators('scaleByAdadelta', 'changes', variables),
    }),
    update(gradients, { squares, changes }) {
      const root = (x: e.Scalar): e.Scalar => e.sqrt(e.add(x, epsilon));
      return gradients.map((g, i) => {
        const s = exponentialMovingAverage(squares[i]!, g, rho, square);
        const change = map((x, sum, d) => e.mul(e.div(root(d), root(sum)), x), [g, s, changes[i]!.value]);
        exponentialMovingAverage(changes[i]!, change, rho, square);
        return change;
      });
    },
  });
}

/** The states of {@link adadelta}. */
export type AdadeltaState = readonly [ScaleByAdadeltaState, LearningRateState];

/**
 * Adadelta: updates in the unit of the variable, by the ratio of past updates to past gradients.
 *
 * s ← ρs + (1 − ρ)g², Δ = √(d + ε) / √(s + ε) · g, d ← ρd + (1 − ρ)Δ², update −η · Δ (Zeiler 2012)
 *
 * @param options - `learningRate` (0.001), `rho` (0.95), `epsilon` (1e-7)
 * @throws OptionError for a rho outside [0, 1)
 * @example
 * adadelta().name; // => adadelta
 */
export function adadelta(options: AdadeltaOptions = {}): Optimizer<AdadeltaState> {
  checkOptions('adadelta', options, { learningRate: aLearningRate, ...checks });
  const { learningRate = 0.001, ...scaling } = options;
  return { ...chain(scaleByAdadelta(scaling), scaleByLearningRate(learningRate)), name: 'adadelta' };
}
