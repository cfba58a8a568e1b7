import { OptionError } from '@chainrule/errors';
import { aFunction, aNumber, checkOptions, listOf, nonNegative, positive } from '@chainrule/errors/check';
import type { Schedule } from './transformation.ts';

/**
 * A constant rate.
 *
 * @example
 * constantSchedule(0.1)(1000); // => 0.1
 */
export function constantSchedule(learningRate: number): Schedule {
  nonNegative('constantSchedule', 'learningRate', learningRate);
  return () => learningRate;
}

/**
 * A constant rate in each interval. The first rate holds for step ≤ boundaries[0], as in Keras' PiecewiseConstantDecay.
 *
 * @param boundaries - steps, ascending
 * @param values - the rates, one more than boundaries
 * @throws OptionError for the wrong number of values, or boundaries that are not ascending
 * @example
 * piecewiseConstant([100], [0.1, 0.01])(101); // => 0.01
 */
export function piecewiseConstant(boundaries: readonly number[], values: readonly number[]): Schedule {
  listOf('a list of numbers', aNumber)('piecewiseConstant', 'boundaries', boundaries);
  listOf('a list of numbers', nonNegative)('piecewiseConstant', 'values', values);
  if (values.length !== boundaries.length + 1)
    throw new OptionError(
      `piecewiseConstant: \`values\` must have ${boundaries.length + 1} numbers for ${boundaries.length} boundaries, got ${values.length}`,
    );
  if (boundaries.some((b, i) => i > 0 && b <= boundaries[i - 1]!))
    throw new OptionError('piecewiseConstant: `boundaries` must ascend');
  return (step) => values[boundaries.filter((b) => step > b).length]!;
}

/**
 * Multiplies the rate by `factor` every `every` steps.
 *
 * @throws OptionError for numbers of 0 or less
 * @example
 * stepDecay({ initialLearningRate: 1, every: 10, factor: 0.5 })(25); // => 0.25
 */
export function stepDecay(options: {
  readonly initialLearningRate: number;
  readonly every: number;
  readonly factor: number;
}): Schedule {
  checkOptions(
    'stepDecay',
    options,
    { initialLearningRate: nonNegative, every: positive, factor: positive },
    'initialLearningRate',
    'every',
    'factor',
  );
  const { initialLearningRate, every, factor } = options;
  return (step) => initialLearningRate * factor ** Math.floor(step / every);
}

/**
 * initialLearningRate / (1 + decayRate · step / decaySteps), as Keras' InverseTimeDecay.
 *
 * @throws OptionError for numbers of 0 or less
 * @example
 * inverseTimeDecay({ initialLearningRate: 1, decaySteps: 10, decayRate: 1 })(10); // => 0.5
 */
export function inverseTimeDecay(options: {
  readonly initialLearningRate: number;
  readonly decaySteps: number;
  readonly decayRate: number;
}): Schedule {
  checkOptions(
    'inverseTimeDecay',
    options,
    { initialLearningRate: nonNegative, decaySteps: positive, decayRate: positive },
    'initialLearningRate',
    'decaySteps',
    'decayRate',
  );
  const { initialLearningRate, decaySteps, decayRate } = options;
  return (step) => initialLearningRate / (1 + (decayRate * step) / decaySteps);
}

/**
 * initialLearningRate / (1 + step / decaySteps)^power.
 *
 * @throws OptionError for numbers of 0 or less
 * @example
 * inversePowerDecay({ initialLearningRate: 1, decaySteps: 3, power: 0.5 })(9); // => 0.5
 */
export function inversePowerDecay(options: {
  readonly initialLearningRate: number;
  readonly decaySteps: number;
  readonly power: number;
}): Schedule {
  checkOptions(
    'inversePowerDecay',
    options,
    { initialLearningRate: nonNegative, decaySteps: positive, power: positive },
    'initialLearningRate',
    'decaySteps',
    'power',
  );
  const { initialLearningRate, decaySteps, power } = options;
  return (step) => initialLearningRate / (1 + step / decaySteps) ** power;
}

/**
 * Polynomial decay to `endLearningRate` (0.0001) along (1 − step / decaySteps)^power (1), then a constant rate.
 *
 * @throws OptionError for `decaySteps` or `power` of 0 or less
 * @example
 * polynomialDecay({ initialLearningRate: 1, decaySteps: 10, endLearningRate: 0 })(5); // => 0.5
 */
export function polynomialDecay(options: {
  readonly initialLearningRate: number;
  readonly decaySteps: number;
  readonly endLearningRate?: number;
  readonly power?: number;
}): Schedule {
  checkOptions(
    'polynomialDecay',
    options,
    { initialLearningRate: nonNegative, decaySteps: positive, endLearningRate: nonNegative, power: positive },
    'initialLearningRate',
    'decaySteps',
  );
  const { initialLearningRate, decaySteps, endLearningRate = 0.0001, power = 1 } = options;
  return (step) =>
    (initialLearningRate - endLearningRate) * (1 - Math.min(step, decaySteps) / decaySteps) ** power + endLearningRate;
}

/**
 * Decays along half a cosine to `alpha` (0) times the first rate, then stays constant (Loshchilov and Hutter 2017).
 *
 * @throws OptionError for `decaySteps` of 0 or less
 * @example
 * cosineDecay({ initialLearningRate: 1, decaySteps: 10 })(10); // => 0
 */
export function cosineDecay(options: {
  readonly initialLearningRate: number;
  readonly decaySteps: number;
  readonly alpha?: number;
}): Schedule {
  checkOptions(
    'cosineDecay',
    options,
    { initialLearningRate: nonNegative, decaySteps: positive, alpha: nonNegative },
    'initialLearningRate',
    'decaySteps',
  );
  const { initialLearningRate, decaySteps, alpha = 0 } = options;
  return (step) => {
    const cosine = (1 + Math.cos((Math.PI * Math.min(step, decaySteps)) / decaySteps)) / 2;
    return initialLearningRate * ((1 - alpha) * cosine + alpha);
  };
}

/**
 * Linear warm-up from `start` (0) to the first value of the schedule `after`, which counts its steps from the end of the warm-up.
 *
 * @throws OptionError for `steps` of 0 or less
 * @example
 * warmUp({ steps: 10, after: constantSchedule(1) })(5); // => 0.5
 */
export function warmUp(options: {
  readonly steps: number;
  readonly start?: number;
  readonly after: Schedule;
}): Schedule {
  checkOptions('warmUp', options, { steps: positive, start: nonNegative, after: aFunction }, 'steps', 'after');
  const { steps, start = 0, after } = options;
  return (step) => (step < steps ? start + ((after(0) - start) * step) / steps : after(step - steps));
}
