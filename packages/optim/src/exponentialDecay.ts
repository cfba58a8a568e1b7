import { aBoolean, checkOptions, nonNegative, positive } from '@chainrule/errors/check';
import type { Schedule } from './transformation.ts';

/** Options of {@link exponentialDecay}. */
export interface ExponentialDecayOptions {
  readonly initialLearningRate: number;
  /** Number of steps in which the rate is multiplied once by `decayRate`. */
  readonly decaySteps: number;
  readonly decayRate: number;
  /** Decay at multiples of `decaySteps` only, instead of at each step. Default false. */
  readonly staircase?: boolean;
}

/**
 * Exponential decay of the learning rate.
 *
 * initialLearningRate · decayRate^(step / decaySteps)
 *
 * @throws OptionError for `decaySteps` of 0 or less
 * @example
 * exponentialDecay({ initialLearningRate: 0.1, decaySteps: 100, decayRate: 0.5 })(200); // => 0.025
 */
export function exponentialDecay(options: ExponentialDecayOptions): Schedule {
  checkOptions(
    'exponentialDecay',
    options,
    { initialLearningRate: nonNegative, decaySteps: positive, decayRate: nonNegative, staircase: aBoolean },
    'initialLearningRate',
    'decaySteps',
    'decayRate',
  );
  const { initialLearningRate, decaySteps, decayRate, staircase = false } = options;
  return (step) => initialLearningRate * decayRate ** (staircase ? Math.floor(step / decaySteps) : step / decaySteps);
}
