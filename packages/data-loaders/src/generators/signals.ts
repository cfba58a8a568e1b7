import { OptionError } from '@chainrule/errors';
import { aCount, checkOptions } from '@chainrule/errors/check';
import { RandomSource, Tensor } from '@chainrule/tensor';
import { aSeed } from '@chainrule/tensor/graph';
import { aDeviation, fromZero } from '../checks.ts';

/** Segments of signals, and the value that follows each. */
export type Signals = {
  readonly x: Tensor<[number, number, 1], 'float32'>;
  readonly y: Tensor<[number, 1], 'float32'>;
};

/** Options of {@link sine} and {@link chirp}. */
export interface SignalsOptions {
  /** The number of segments, at least 0. */
  readonly count: number;
  /** The number of steps in each segment, at least 1. */
  readonly steps: number;
  /** The seed, an integer. Use different seeds for training and test data. */
  readonly seed: number;
  /** The standard deviation of the noise in each step of `x`; by default 0. */
  readonly noise?: number;
}

/**
 * Sine waves of amplitude 1, each with a random period from 10 to 50 steps and a random phase.
 *
 * @returns `x` of shape `[count, steps, 1]`, and `y` of shape `[count, 1]`, the next value without noise
 * @throws OptionError for a count, steps or noise out of range
 * @throws OptionError if `seed` is not an integer
 * @example
 * const { x, y } = sine({ count: 8, steps: 20, seed: 1 });
 * [x.shape, y.shape]; // => [[8,20,1],[8,1]]
 */
export function sine(options: SignalsOptions): Signals {
  return draw('sine', options, (random) => {
    const [frequency, phase] = [1 / random.uniform(10, 50), random.uniform()];
    return (t) => frequency * t + phase;
  });
}

/**
 * Waves of amplitude 1 whose frequency increases linearly, from a period of 40 to 60 steps at the start to one of 8 to 12 at
 * the end. Each has a random phase.
 *
 * @returns `x` of shape `[count, steps, 1]`, and `y` of shape `[count, 1]`, the next value without noise
 * @throws OptionError for a count, steps or noise out of range
 * @throws OptionError if `seed` is not an integer
 * @example
 * chirp({ count: 2, steps: 100, seed: 1, noise: 0.1 }).x.shape; // => [2,100,1]
 */
export function chirp(options: SignalsOptions): Signals {
  return draw('chirp', options, (random) => {
    const [first, last, phase] = [1 / random.uniform(40, 60), 1 / random.uniform(8, 12), random.uniform()];
    return (t) => first * t + ((last - first) / (2 * options.steps)) * t * t + phase;
  });
}

/** Makes signals such that signal i depends on the seed and i only. `wave` gives the number of turns up to step t. */
function draw(op: string, options: SignalsOptions, wave: (random: RandomSource) => (t: number) => number): Signals {
  checkOptions(
    op,
    options,
    { count: fromZero, steps: aCount, seed: aSeed, noise: aDeviation },
    'count',
    'steps',
    'seed',
  );
  const { count, steps, seed, noise = 0 } = options;
  if (count * steps > 2 ** 31 - 1)
    throw new OptionError(`${op}: \`count\` must be at most ${Math.floor((2 ** 31 - 1) / steps)}, got ${count}`);
  const x = new Float32Array(count * steps);
  const y = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const random = new RandomSource(seed, 'signals', i);
    const turns = wave(random);
    const at = (t: number): number => Math.sin(2 * Math.PI * turns(t));
    for (let t = 0; t < steps; t++) x[i * steps + t] = at(t) + (noise ? noise * random.normal() : 0);
    y[i] = at(steps);
  }
  return { x: new Tensor([count, steps, 1], 'float32', x), y: new Tensor([count, 1], 'float32', y) };
}
