import { aCount, aFiniteNumber, type Check, integerFrom, isPromise, refuse } from '@chainrule/errors/check';
import { RandomSource } from '@chainrule/tensor';

/** The value of a hyper-parameter: JSON, so that it can go to other threads and into files. */
export type Setting = number | string | boolean | null;

/** A distribution of numbers, from {@link uniformFloat}, {@link logUniformFloat} or {@link uniformInteger}. */
export interface Distribution {
  readonly distribution: 'uniformFloat' | 'logUniformFloat' | 'uniformInteger';
  readonly low: number;
  readonly high: number;
}

/** The values of each hyper-parameter: a list, or for random searches also a distribution. */
export type Space = Readonly<Record<string, readonly Setting[] | Distribution>>;

/** One value for each hyper-parameter of a space. */
export type SettingsOf<S extends Space> = {
  -readonly [K in keyof S]: S[K] extends readonly (infer V)[] ? V : number;
};

function distribution(
  name: Distribution['distribution'],
  low: number,
  high: number,
  check: Check = aFiniteNumber,
): Distribution {
  check(name, 'low', low);
  check(name, 'high', high);
  if (!(low < high)) refuse(name, 'high', `above \`low\`, ${low}`, high);
  return { distribution: name, low, high };
}

/**
 * Numbers in [low, high), all equally likely.
 *
 * @throws OptionError unless `low` is below `high`
 * @example
 * uniformFloat(0, 0.5).distribution; // => uniformFloat
 */
export function uniformFloat(low: number, high: number): Distribution {
  return distribution('uniformFloat', low, high);
}

/**
 * Numbers in [low, high) whose logarithms are equally likely, such as learning rates.
 *
 * @throws OptionError unless `low` is above 0 and below `high`
 * @example
 * logUniformFloat(1e-4, 1e-1).low; // => 0.0001
 */
export function logUniformFloat(low: number, high: number): Distribution {
  const made = distribution('logUniformFloat', low, high);
  if (low <= 0) refuse('logUniformFloat', 'low', 'above 0', low);
  return made;
}

/**
 * Integers from low to high, both included, all equally likely.
 *
 * @throws OptionError unless both are integers and `low` is below `high`
 * @example
 * uniformInteger(1, 6).high; // => 6
 */
export function uniformInteger(low: number, high: number): Distribution {
  return distribution('uniformInteger', low, high, integerFrom(-(2 ** 31)));
}

const isSetting = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'boolean' || value === null || Number.isFinite(value);
const isDistribution = (value: unknown): value is Distribution =>
  typeof value === 'object' &&
  value !== null &&
  ['uniformFloat', 'logUniformFloat', 'uniformInteger'].includes((value as Distribution).distribution);

/** Checks a space. Distributions need a random search. */
export function checkSpace(op: string, space: Space, mayDraw: boolean): void {
  const isRecord = typeof space === 'object' && space !== null && !Array.isArray(space) && !isPromise(space);
  const entries = isRecord ? Object.entries(space) : [];
  if (!entries.length) refuse(op, 'space', 'an object with a list of values for each hyper-parameter', space);
  for (const [name, values] of entries) {
    if (isDistribution(values)) {
      if (!mayDraw) refuse(op, name, 'a list of values', values, 'use `randomSearch` for distributions');
      continue;
    }
    const list: unknown = values;
    if (!Array.isArray(list) || !list.length || !list.every(isSetting))
      refuse(op, name, 'a list of numbers, strings, booleans or null', values, 'name functions by strings');
  }
}

/** All combinations of the values; the last hyper-parameter changes first. */
export function gridOf<S extends Space>(space: S): SettingsOf<S>[] {
  return Object.entries(space).reduce<Record<string, Setting>[]>(
    (grid, [name, values]) =>
      grid.flatMap((settings) => (values as readonly Setting[]).map((value) => ({ ...settings, [name]: value }))),
    [{}],
  ) as SettingsOf<S>[];
}

/** The settings of a number of trials, drawn at random. Each depends on the seed and its number only. */
export function drawFrom<S extends Space>(space: S, trials: number, seed: number): SettingsOf<S>[] {
  aCount('randomSearch', 'trials', trials);
  return Array.from({ length: trials }, (_, number) => {
    const random = new RandomSource(seed, 'search', 2 * number);
    return Object.fromEntries(
      Object.entries(space).map(([name, values]) => [name, drawOne(random, values)]),
    ) as SettingsOf<S>;
  });
}

function drawOne(random: RandomSource, values: readonly Setting[] | Distribution): Setting {
  if (!isDistribution(values)) return values[random.below(values.length)]!;
  const { distribution: kind, low, high } = values;
  if (kind === 'uniformInteger') return low + random.below(high - low + 1);
  if (kind === 'uniformFloat') return random.uniform(low, high);
  return Math.exp(random.uniform(Math.log(low), Math.log(high)));
}

/** The seed of a trial's fold; it depends on nothing else than its numbers. */
export function seedOf(seed: number, trial: number, fold: number): number {
  const random = new RandomSource(seed, 'search', 2 * trial + 1);
  for (let i = 0; i < fold; i++) random.bits();
  return random.bits();
}
