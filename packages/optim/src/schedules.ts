import { OptionError } from '@chainrule/errors';
import { aFunction, aNumber, checkOptions, listOf, nonNegative, numberThat, positive } from '@chainrule/errors/check';
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

/**
 * Cosine decay that restarts at `initialLearningRate`, after periods that grow by a factor.
 *
 * Each period falls along half a cosine to `alpha` times its first rate (Loshchilov and Hutter 2017).
 *
 * @param options - `firstDecaySteps`: the steps of the first period; `periodFactor` (2): the ratio of successive periods;
 *   `peakFactor` (1): the ratio of successive initial rates; `alpha` (0), as in Keras' CosineDecayRestarts
 * @throws OptionError for numbers of 0 or less, or a `periodFactor` below 1
 * @example
 * cosineDecayRestarts({ initialLearningRate: 1, firstDecaySteps: 10, peakFactor: 0.5 })(10); // => 0.5
 */
export function cosineDecayRestarts(options: {
  readonly initialLearningRate: number;
  readonly firstDecaySteps: number;
  readonly periodFactor?: number;
  readonly peakFactor?: number;
  readonly alpha?: number;
}): Schedule {
  checkOptions(
    'cosineDecayRestarts',
    options,
    {
      initialLearningRate: nonNegative,
      firstDecaySteps: positive,
      periodFactor: numberThat('a number of at least 1', (value) => value >= 1 && value < Infinity),
      peakFactor: nonNegative,
      alpha: nonNegative,
    },
    'initialLearningRate',
    'firstDecaySteps',
  );
  const { initialLearningRate, firstDecaySteps, periodFactor = 2, peakFactor = 1, alpha = 0 } = options;
  return (step) => {
    const { period, done } = periodAt(step / firstDecaySteps, periodFactor);
    const cosine = (1 + Math.cos(Math.PI * done)) / 2;
    return initialLearningRate * peakFactor ** period * ((1 - alpha) * cosine + alpha);
  };
}

/** The index of the period at a time, in units of the first period, and the fraction of it that has passed. */
function periodAt(time: number, factor: number): { readonly period: number; readonly done: number } {
  if (factor === 1) return { period: Math.floor(time), done: time % 1 };
  // Period n starts at (factorⁿ − 1) / (factor − 1).
  const startOf = (n: number): number => (factor ** n - 1) / (factor - 1);
  const guess = Math.floor(Math.log(1 + time * (factor - 1)) / Math.log(factor));
  const period = startOf(guess + 1) <= time ? guess + 1 : startOf(guess) > time ? guess - 1 : guess;
  return { period, done: (time - startOf(period)) / factor ** period };
}

/**
 * One cycle: rises along a cosine from a fraction of `maxLearningRate` to `maxLearningRate`, then falls along a cosine to
 * almost 0 (Smith and Topin 2018).
 *
 * @param options - `totalSteps`; `warmUpShare` (0.3): the share of steps that rise; `startFactor` (25): the ratio of the
 *   maximum to the initial rate; `endFactor` (1e4): the ratio of the initial to the final rate, as in PyTorch's OneCycleLR
 * @throws OptionError for numbers of 0 or less, or a share outside (0, 1)
 * @example
 * const rate = oneCycle({ maxLearningRate: 1, totalSteps: 11, warmUpShare: 0.5 });
 * [rate(0), rate(4.5), rate(10)].map((value) => value.toFixed(6)); // => 0.040000,1.000000,0.000004
 */
export function oneCycle(options: {
  readonly maxLearningRate: number;
  readonly totalSteps: number;
  readonly warmUpShare?: number;
  readonly startFactor?: number;
  readonly endFactor?: number;
}): Schedule {
  checkOptions(
    'oneCycle',
    options,
    {
      maxLearningRate: nonNegative,
      totalSteps: positive,
      warmUpShare: numberThat('a number between 0 and 1', (value) => value > 0 && value < 1),
      startFactor: positive,
      endFactor: positive,
    },
    'maxLearningRate',
    'totalSteps',
  );
  const { maxLearningRate, totalSteps, warmUpShare = 0.3, startFactor = 25, endFactor = 1e4 } = options;
  const start = maxLearningRate / startFactor;
  const peak = warmUpShare * totalSteps - 1;
  const last = totalSteps - 1;
  const between = (from: number, to: number, part: number): number =>
    to + ((from - to) * (1 + Math.cos(Math.PI * Math.min(Math.max(part, 0), 1)))) / 2;
  return (step) =>
    step <= peak
      ? between(start, maxLearningRate, peak > 0 ? step / peak : 1)
      : between(maxLearningRate, start / endFactor, last > peak ? (step - peak) / (last - peak) : 1);
}
