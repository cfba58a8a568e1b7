import { OptionError } from '@chainrule/errors';
import { aBoolean, belowOne, checkOptions, type Checks, nonNegative } from '@chainrule/errors/check';
import { map, scalar as e, type Variable } from '@chainrule/tensor';
import { chain } from './chain.ts';
import { aLearningRate } from './learningRate.ts';
import { type LearningRateState, scaleByLearningRate } from './scaleByLearningRate.ts';
import {
  accumulators,
  biasCorrection as biasCorrectionOf,
  countStep,
  exponentialMovingAverage,
  square,
  stepCounter,
} from './state.ts';
import { trace, type TraceState } from './trace.ts';
import { defineTransformation, type GradientTransformation, type Optimizer, type Schedule } from './transformation.ts';
import { widestDType } from './widestDType.ts';

/** Options of {@link scaleByStddev}. */
export interface ScaleByStddevOptions {
  /** Decay of the moving averages. Default 0.9 (PyTorch: 0.99). */
  readonly rho?: number;
  /** Added to the root, as in PyTorch (Keras: inside of it). Default 1e-7. */
  readonly epsilon?: number;
}

/** Options of {@link scaleByRms}. */
export interface ScaleByRmsOptions extends ScaleByStddevOptions {
  /**
   * Whether to divide the average by 1 − ρᵗ, so that it is unbiased from the first step; otherwise the first steps are up to
   * 1 / √(1 − ρ) times as long. Default false, as in Keras and PyTorch.
   */
  readonly biasCorrection?: boolean;
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

const stddevChecks: Checks<ScaleByStddevOptions> = { rho: belowOne, epsilon: nonNegative };
const rmsChecks: Checks<ScaleByRmsOptions> = { ...stddevChecks, biasCorrection: aBoolean };

/** The state of {@link scaleByRms}: the means of squares, and the number of steps with `biasCorrection`. */
export type ScaleByRmsState = { readonly squares: readonly Variable[]; readonly step?: Variable };

/**
 * Divides gradients by the root of the moving average of their squares.
 *
 * s ← ρs + (1 − ρ)g², result g / (√s + ε) (Tieleman and Hinton 2012); with `biasCorrection`, s / (1 − ρᵗ) replaces s in the
 * result (Kingma and Ba 2015, section 3)
 *
 * @param options - `rho` (0.9), `epsilon` (1e-7), `biasCorrection` (false)
 * @throws OptionError for a rho outside [0, 1)
 * @example
 * const w = new Variable(tensor([1]));
 * const scale = scaleByRms({ rho: 0.75 });
 * scale.update([tensor([5])], scale.init([w]), [w])[0].item().toFixed(3); // => 2.000
 */
export function scaleByRms(options: ScaleByRmsOptions = {}): GradientTransformation<ScaleByRmsState> {
  checkOptions('scaleByRms', options, rmsChecks);
  const { rho = 0.9, epsilon = 1e-7, biasCorrection = false } = options;
  return defineTransformation({
    name: 'scaleByRms',
    keeps: { squares: 'each', ...(biasCorrection && { step: 'one' }) },
    takes: 'gradients',
    init: (variables) => ({
      squares: accumulators('scaleByRms', 'squares', variables),
      ...(biasCorrection && { step: stepCounter('scaleByRms') }),
    }),
    update(gradients, { squares, step }) {
      const correction = step ? biasCorrectionOf(rho, countStep(step), widestDType(gradients)) : 1;
      return gradients.map((g, i) => {
        const s = exponentialMovingAverage(squares[i]!, g, rho, square);
        return map(
          (x, meanSquare, c) => e.div(x, e.add(e.sqrt(e.div(meanSquare, e.cast(c, g.dtype))), epsilon)),
          [g, s, correction],
        );
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
export function scaleByStddev(options: ScaleByStddevOptions = {}): GradientTransformation<ScaleByStddevState> {
  checkOptions('scaleByStddev', options, stddevChecks);
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
 * and Hinton 2012; Graves 2013); with `biasCorrection`, s / (1 − ρᵗ)
 * replaces s
 *
 * @param options - `learningRate` (0.001), `rho` (0.9), `momentum` (0), `centered` (false), `epsilon` (1e-7),
 *   `biasCorrection` (false)
 * @throws OptionError for decays outside [0, 1), and for `biasCorrection` with `centered`
 * @example
 * rmsprop().name; // => rmsprop
 */
export function rmsprop(options: RmspropOptions = {}): Optimizer<RmspropState> {
  checkOptions('rmsprop', options, {
    learningRate: aLearningRate,
    momentum: belowOne,
    centered: aBoolean,
    ...rmsChecks,
  });
  const { learningRate = 0.001, momentum = 0, centered = false, biasCorrection = false, ...scaling } = options;
  if (centered && biasCorrection)
    throw new OptionError(
      'rmsprop: `biasCorrection` does not fit `centered`, because the corrected variance of the first step is 0; leave one of them out',
    );
  const parts = chain(
    centered ? scaleByStddev(scaling) : scaleByRms({ ...scaling, biasCorrection }),
    momentum === 0 ? chain() : trace({ decay: momentum }),
    scaleByLearningRate(learningRate),
  );
  return { ...parts, name: 'rmsprop' };
}
