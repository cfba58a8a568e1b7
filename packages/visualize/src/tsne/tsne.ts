import {
  aCount,
  aFunction,
  checkOptions,
  numberThat,
  oneOf,
  optional,
  positive,
  refuse,
} from '@chainrule/errors/check';
import { RandomSource } from '@chainrule/tensor';
import { aSeed } from '@chainrule/tensor/graph';
import { greatest } from '../greatest.ts';
import { principalComponents } from '../figures/principalComponents.ts';
import { type NumberTable, tableOf } from '../figures/values.ts';
import { affinitiesOf } from './affinities.ts';
import { descend, type DescentStep } from './descend.ts';
import { nearestNeighbors } from './neighbors.ts';
import { pointList } from './points.ts';

/** Options of {@link tsne}. */
export interface TsneOptions {
  /** About how many neighbors of a point count. Default 30, or a third of the points if they are few. */
  readonly perplexity?: number;
  /** The number of steps. Default 1000. */
  readonly iterations?: number;
  /** By default n / 48, at least 50. */
  readonly learningRate?: number;
  /** Where points start: on their principal components (default), or at random places. */
  readonly start?: 'pca' | 'random';
  /** The seed of the random places. Default 0. */
  readonly seed?: number;
  /** Called after every 50 steps. */
  readonly onProgress?: (progress: TsneProgress) => void;
}

/** What {@link TsneOptions.onProgress} gets. */
export interface TsneProgress {
  readonly iteration: number;
  readonly iterations: number;
  /** The Kullback–Leibler divergence of the neighborhoods in the plane from those of the vectors. */
  readonly divergence: number;
}

/** The result of {@link tsne}. */
export interface Tsne {
  readonly places: [number, number][];
  /** The Kullback–Leibler divergence at the end: smaller is better, for the same perplexity. */
  readonly divergence: number;
}

const perplexity = numberThat('a number of at least 1', (value) => value >= 1 && value < Infinity);

/**
 * Places in the plane that keep the neighborhoods of vectors: t-distributed stochastic neighbor embedding. It minimizes
 * Σ p(i, j) log (p(i, j) / q(i, j)) with q(i, j) ∝ 1 / (1 + |yᵢ − yⱼ|²) (van der Maaten & Hinton 2008), over a tree of squares
 * (van der Maaten 2014), so that the time grows as n log n. The search for neighbors compares all pairs; reduce
 * vectors of many hundred features first. Distances between far groups mean little.
 *
 * Timers and events of a page have turns while it runs.
 *
 * @param vectors - `[points, features]`
 * @returns a promise of the places
 * @throws OptionError for other shapes, numbers that are not finite, or a perplexity above a third of n − 1
 * @example
 * const vectors = Array.from({ length: 20 }, (_, i) => [i % 2, i / 100]);
 * const { places } = await tsne(vectors, { perplexity: 5, iterations: 300 });
 * places.length; // => 20
 */
export async function tsne(vectors: NumberTable, options: TsneOptions = {}): Promise<Tsne> {
  const op = 'tsne';
  checkOptions(op, options, {
    perplexity: optional(perplexity),
    iterations: aCount,
    learningRate: optional(positive),
    start: oneOf('pca', 'random'),
    seed: aSeed,
    onProgress: optional(aFunction),
  });
  const given = tableOf(op, 'vectors', vectors);
  if (given.some((row) => !row.every(Number.isFinite))) refuse(op, 'vectors', 'finite numbers', vectors);
  const table = scaled(given);
  const count = table.length;
  const most = Math.max(1, (count - 1) / 3);
  if (options.perplexity !== undefined && options.perplexity > most)
    refuse(op, 'perplexity', `at most ${most.toPrecision(3)}, a third of the other points`, options.perplexity);
  if (count < 2) return { places: table.map(() => [0, 0]), divergence: 0 };
  const pace = new Pace();
  const neighborCount = Math.max(1, Math.min(count - 1, Math.floor(3 * (options.perplexity ?? Math.min(30, most)))));
  const neighbors = await finish(nearestNeighbors(pointList(table), neighborCount), pace);
  const p = affinitiesOf(neighbors, Math.min(options.perplexity ?? Math.min(30, most), neighborCount));
  const iterations = options.iterations ?? 1000;
  const places = startOf(table, options.start ?? 'pca', options.seed ?? 0);
  const steps = descend(p, places, iterations, options.learningRate ?? Math.max(50, count / 48));
  const divergence = await finish(steps, pace, ({ iteration, divergence: at }: DescentStep) => {
    if (iteration % 50 === 0) options.onProgress?.({ iteration, iterations, divergence: at });
  });
  return { places: table.map((_, i) => [places[2 * i]!, places[2 * i + 1]!]), divergence };
}

/** The vectors with 1 as the largest absolute value: squared distances neither overflow nor vanish, and places stay the same. */
function scaled(table: readonly number[][]): number[][] {
  const largest = greatest(table.map((row) => greatest(row.map(Math.abs)))) || 1;
  return table.map((row) => row.map((value) => value / largest));
}

/** Small places, with a standard deviation of 10⁻⁴ along x. */
function startOf(table: readonly number[][], start: 'pca' | 'random', seed: number): Float64Array {
  const random = new RandomSource(seed, 'points', 0);
  const places =
    start === 'pca' ? principalComponents(table) : table.map(() => [random.normal(), random.normal()] as const);
  const spread = Math.sqrt(places.reduce((sum, [x]) => sum + x * x, 0) / places.length);
  return Float64Array.from(places.flat(), (value) => (value / (spread || 1)) * 1e-4);
}

/** The longest time without a turn of the event loop, in milliseconds. */
const longest = 30;

/** Lets timers and events run now and then. */
class Pace {
  #last = performance.now();

  async breathe(): Promise<void> {
    if (performance.now() - this.#last < longest) return;
    await new Promise((resolve) => setTimeout(resolve));
    this.#last = performance.now();
  }
}

/** Runs a computation to its end, with pauses. */
async function finish<T, R>(steps: Generator<T, R>, pace: Pace, onStep?: (step: T) => void): Promise<R> {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    onStep?.(step.value);
    await pace.breathe();
  }
}
