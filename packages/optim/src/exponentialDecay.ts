import { OptionError } from '@chainrule/errors';
import type { Schedule } from './optimizer.ts';

/** Options of {@link exponentialDecay}. */
export interface ExponentialDecayOptions {
  readonly initialLearningRate: number;
  /** After so many steps the rate has fallen by one `decayRate`. */
  readonly decaySteps: number;
  readonly decayRate: number;
  /** Fall in steps instead of smoothly. Default false. */
  readonly staircase?: boolean;
}

/**
 * A rate that falls by the same factor in equal times.
 *
 * initialLearningRate · decayRate^(step / decaySteps)
 *
 * @throws OptionError for `decaySteps` of 0 or less
 * @example
 * exponentialDecay({ initialLearningRate: 0.1, decaySteps: 100, decayRate: 0.5 })(200); // => 0.025
 */
export function exponentialDecay({ initialLearningRate, decaySteps, decayRate, staircase = false }: ExponentialDecayOptions): Schedule {
  if (!(decaySteps > 0)) throw new OptionError(`exponentialDecay: \`decaySteps\` must be above 0, got ${decaySteps}`);
  return (step) => initialLearningRate * decayRate ** (staircase ? Math.floor(step / decaySteps) : step / decaySteps);
}
