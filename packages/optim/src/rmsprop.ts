import { aBoolean, belowOne, checkOptions, type Checks, nonNegative } from '@chainrule/errors/check';
import { map, scalar as e, type Variable } from '@chainrule/tensor';
import { chain } from './chain.ts';
import { aLearningRate } from './learningRate.ts';
import { type LearningRateState, scaleByLearningRate } from './scaleByLearningRate.ts';
import { accumulators, exponentialMovingAverage, square } from './state.ts';
import { trace, type TraceState } from './trace.ts';
import { defineTransformation, type GradientTransformation, type Optimizer, type Schedule } from './transformation.ts';

/** Options of {@link scaleByRms} and {@link scaleByStddev}. */
export interface ScaleByRmsOptions {
  /** Decay of the moving averages. Default 0.9 (PyTorch: 0.99). */
  readonly rho?: number;
  /** Added to the root, as in PyTorch (Keras: inside of it). Default 1e-7. */
  readonly epsilon?: number;
}

/** Options of {@link rmsprop}. */
export interface RmspropOptions extends ScaleByRmsOptions {
  /** A number, or a schedule. Default 0.001, as in Keras (PyTorch: 0.01). */
  readonly learningRate?: number | Schedule;
  /** The momentum of the scaled gradients. Default 0. */
  readonly momentum?: number;
  /** Whether to divide by the standard deviation instead of the root mean square. Default false. */
  readonly centered?: boolean;
}

const checks: Checks<ScaleByRmsOptions> = { rho: belowOne, epsilon: nonNegative };

/** The state of {@link scaleByRms}: the means of squares. */
export type ScaleByRmsState = { readonly squares: readonly Variable[] };

/**
 * Divides gradients by the root of the moving average of their squares.
 *
 * s ← ρs + (1 − ρ)g², result g / (√s + ε) (Tieleman and Hinton 2012)
 *
 * @param options - `rho` (0.9), `epsilon` (1e-7)
 * @throws OptionError for a rho outside [0, 1)
 * @example
 * const w = new Variable(tensor([1]));
 * const scale = scaleByRms({ rho: 0.75 });
 * scale.update([tensor([5])], scale.init([w]), [w])[0].item().toFixed(3); // => 2.000
 */
export function scaleByRms(options: ScaleByRmsOptions = {}): GradientTransformation<ScaleByRmsState> {
  checkOptions('scaleByRms', options, checks);
  const { rho = 0.9, epsilon = 1e-7 } = options;
  return defineTransformation({
    name: 'scaleByRms',
    keeps: { squares: 'each' },
    takes: 'gradients',
    init: (variables) => ({ squares: accumulators('scaleByRms', 'squares', variables) }),
    update(gradients, { squares }) {
      return gradients.map((g, i) => {
        const s = exponentialMovingAverage(squares[i]!, g, rho, square);
        return map((x, meanSquare) => e.div(x, e.add(e.sqrt(meanSquare), epsilon)), [g, s]);
      });
    },
  });
}

/** The state of {@link scaleByStddev}: the means of squares and of gradients. */
export type ScaleByStddevState = { readonly squares: readonly Variable[]; readonly means: readonly Variable[] };

/**
 * Divides gradients by their moving standard deviation.
 *
 * s ← ρs + (1 − ρ)g², m ← ρm + (1 − ρ)g, result g / (√(s − m²) + ε) (Graves 2013)
 *
 * @param options - `rho` (0.9), `epsilon` (1e-7)
 * @throws OptionError for a rho outside [0, 1)
 * @example
 * const w = new Variable(tensor([1]));
 * const scale = scaleByStddev({ rho: 0.5 });
 * scale.update([tensor([5])], scale.init([w]), [w])[0].item().toFixed(3); // => 2.000
 */
export function scaleByStddev(options: ScaleByRmsOptions = {}): GradientTransformation<ScaleByStddevState> {
  checkOptions('scaleByStddev', options, checks);
  const { rho = 0.9, epsilon = 1e-7 } = options;
  return defineTransformation({
    name: 'scaleByStddev',
    keeps: { squares: 'each', means: 'each' },
    takes: 'gradients',
    init: (variables) => ({
      squares: accumulators('scaleByStddev', 'squares', variables),
      means: accumulators('scaleByStddev', 'means', variables),
    }),
    update(gradients, { squares, means }) {
      return gradients.map((g, i) => {
        const s = exponentialMovingAverage(squares[i]!, g, rho, square);
        const mean = exponentialMovingAverage(means[i]!, g, rho);
        return map(
          (x, meanSquare, m) => e.div(x, e.add(e.sqrt(atLeast0(e.sub(meanSquare, square(m)))), epsilon)),
          [g, s, mean],
        );
      });
    },
  });
}

/** A variance, which rounding may make negative. */
function atLeast0(x: e.Scalar): e.Scalar {
  return e.select(e.le(x, 0), 0, x);
}

/** The states of {@link rmsprop}: the second is empty without momentum. */
export type RmspropState = readonly [ScaleByRmsState | ScaleByStddevState, TraceState | readonly [], LearningRateState];

/**
 * RMSprop: gradients divided by a moving average of their size.
 *
 * s ← ρs + (1 − ρ)g², update −η · g / (√s + ε); if centered, the square of the moving mean is subtracted from s (Tieleman
 * and Hinton 2012; Graves 2013)
 *
 * @param options - `learningRate` (0.001), `rho` (0.9), `momentum` (0), `centered` (false), `epsilon` (1e-7)
 * @throws OptionError for decays outside [0, 1)
 * @example
 * rmsprop().name; // => rmsprop
 */
export function rmsprop(options: RmspropOptions = {}): Optimizer<RmspropState> {
  checkOptions('rmsprop', options, {
    learningRate: aLearningRate,
    momentum: belowOne,
    centered: aBoolean,
    ...checks,
  });
  const { learningRate = 0.001, momentum = 0, centered = false, ...scaling } = options;
  const parts = chain(
    centered ? scaleByStddev(scaling) : scaleByRms(scaling),
    momentum === 0 ? chain() : trace({ decay: momentum }),
    scaleByLearningRate(learningRate),
  );
  return { ...parts, name: 'rmsprop' };
}
