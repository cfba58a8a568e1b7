import { checkOptions, nonNegative, numberThat, positive } from '@chainrule/errors/check';
import type { Schedule } from './transformation.ts';

/**
 * Cosine decay that restarts at `initialLearningRate`, after periods that grow by a factor.
 *
 * η((1 − α)mⁿ(1 + cos(πt / T)) / 2 + α) at step t of period n, which has T steps, with m the `peakFactor` (Loshchilov and Hutter
 * 2017; `alpha` as in Keras)
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
    return initialLearningRate * ((1 - alpha) * peakFactor ** period * cosine + alpha);
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
