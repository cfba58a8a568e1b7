import { OptionError } from '@chainrule/errors';
import type { Schedule } from './optimizer.ts';

function positive(schedule: string, options: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (!(value > 0)) throw new OptionError(`${schedule}: \`${name}\` must be above 0, got ${value}`);
  }
}

/**
 * The same rate always.
 *
 * @example
 * constantSchedule(0.1)(1000); // => 0.1
 */
export function constantSchedule(learningRate: number): Schedule {
  return () => learningRate;
}

/**
 * One rate up to each boundary, the next one after it, as Keras' PiecewiseConstantDecay: step ≤ boundary.
 *
 * @param boundaries - steps, ascending
 * @param values - one more than boundaries
 * @throws OptionError for another number of values, or boundaries out of order
 * @example
 * piecewiseConstant([100], [0.1, 0.01])(101); // => 0.01
 */
export function piecewiseConstant(boundaries: readonly number[], values: readonly number[]): Schedule {
  if (values.length !== boundaries.length + 1) throw new OptionError(`piecewiseConstant: needs ${boundaries.length + 1} values for ${boundaries.length} boundaries, got ${values.length}`);
  if (boundaries.some((b, i) => i > 0 && b <= boundaries[i - 1]!)) throw new OptionError('piecewiseConstant: `boundaries` must ascend');
  return (step) => values[boundaries.filter((b) => step > b).length]!;
}

/**
 * A rate multiplied by `factor` after every `every` steps.
 *
 * @throws OptionError for numbers of 0 or less
 * @example
 * stepDecay({ initialLearningRate: 1, every: 10, factor: 0.5 })(25); // => 0.25
 */
export function stepDecay({ initialLearningRate, every, factor }: { readonly initialLearningRate: number; readonly every: number; readonly factor: number }): Schedule {
  positive('stepDecay', { every, factor });
  return (step) => initialLearningRate * factor ** Math.floor(step / every);
}

/**
 * initialLearningRate / (1 + decayRate · step / decaySteps), as Keras' InverseTimeDecay.
 *
 * @throws OptionError for numbers of 0 or less
 * @example
 * inverseTimeDecay({ initialLearningRate: 1, decaySteps: 10, decayRate: 1 })(10); // => 0.5
 */
export function inverseTimeDecay({ initialLearningRate, decaySteps, decayRate }: { readonly initialLearningRate: number; readonly decaySteps: number; readonly decayRate: number }): Schedule {
  positive('inverseTimeDecay', { decaySteps, decayRate });
  return (step) => initialLearningRate / (1 + (decayRate * step) / decaySteps);
}

/**
 * initialLearningRate / (1 + step / decaySteps)^power.
 *
 * @throws OptionError for numbers of 0 or less
 * @example
 * inversePowerDecay({ initialLearningRate: 1, decaySteps: 3, power: 0.5 })(9); // => 0.5
 */
export function inversePowerDecay({ initialLearningRate, decaySteps, power }: { readonly initialLearningRate: number; readonly decaySteps: number; readonly power: number }): Schedule {
  positive('inversePowerDecay', { decaySteps, power });
  return (step) => initialLearningRate / (1 + step / decaySteps) ** power;
}

/**
 * From one rate to another along (1 − step / decaySteps)^power, then constant.
 *
 * @throws OptionError for `decaySteps` or `power` of 0 or less
 * @example
 * polynomialDecay({ initialLearningRate: 1, decaySteps: 10, endLearningRate: 0 })(5); // => 0.5
 */
export function polynomialDecay(options: { readonly initialLearningRate: number; readonly decaySteps: number; readonly endLearningRate?: number; readonly power?: number }): Schedule {
  const { initialLearningRate, decaySteps, endLearningRate = 0.0001, power = 1 } = options;
  positive('polynomialDecay', { decaySteps, power });
  return (step) => (initialLearningRate - endLearningRate) * (1 - Math.min(step, decaySteps) / decaySteps) ** power + endLearningRate;
}

/**
 * From the first rate to `alpha` times it along half a cosine, then constant (Loshchilov and Hutter 2017).
 *
 * @throws OptionError for `decaySteps` of 0 or less
 * @example
 * cosineDecay({ initialLearningRate: 1, decaySteps: 10 })(10); // => 0
 */
export function cosineDecay({ initialLearningRate, decaySteps, alpha = 0 }: { readonly initialLearningRate: number; readonly decaySteps: number; readonly alpha?: number }): Schedule {
  positive('cosineDecay', { decaySteps });
  return (step) => {
    const cosine = (1 + Math.cos((Math.PI * Math.min(step, decaySteps)) / decaySteps)) / 2;
    return initialLearningRate * ((1 - alpha) * cosine + alpha);
  };
}

/**
 * A rate that grows in a line from `start` to the schedule's first value, then follows the schedule, whose steps count
 * from the end of the warm-up.
 *
 * @throws OptionError for `steps` of 0 or less
 * @example
 * warmUp({ steps: 10, after: constantSchedule(1) })(5); // => 0.5
 */
export function warmUp({ steps, start = 0, after }: { readonly steps: number; readonly start?: number; readonly after: Schedule }): Schedule {
  positive('warmUp', { steps });
  return (step) => (step < steps ? start + ((after(0) - start) * step) / steps : after(step - steps));
}
