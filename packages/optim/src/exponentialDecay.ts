import { aBoolean, checkOptions, nonNegative, positive } from '@chainrule/errors/check';
import type { Schedule } from './transformation.ts';

/** Options of {@link exponentialDecay}. */
export interface ExponentialDecayOptions {
  readonly initialLearningRate: number;
  /** The number of steps after which the rate has been multiplied by `decayRate` once. */
  readonly decaySteps: number;
  readonly decayRate: number;
  /** Whether to decay only at multiples of `decaySteps`. Default false. */
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
