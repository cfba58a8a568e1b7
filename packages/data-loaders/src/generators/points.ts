import { OptionError } from '@chainrule/errors';
import { aCount, checkOptions, type Checks, numberThat } from '@chainrule/errors/check';
import { RandomSource, Tensor } from '@chainrule/tensor';
import { aSeed } from '@chainrule/tensor/graph';
import { aDeviation, fromZero } from '../checks.ts';

/** Points in two or more dimensions, and the class of each. */
export type LabeledPoints = {
  readonly x: Tensor<[number, number], 'float32'>;
  readonly y: Tensor<[number], 'int32'>;
};

/** Options of the point generators. */
export interface PointsOptions {
  /** The number of points, at least 0; classes alternate. */
  readonly count: number;
  /** The seed, an integer. Use different seeds for training and test data. */
  readonly seed: number;
  /** The standard deviation of the noise in each coordinate; by default 0.1. */
  readonly noise?: number;
}

/** Options of {@link circles}. */
export interface CirclesOptions extends PointsOptions {
  /** The inner radius, between 0 and 1; by default 0.5. */
  readonly factor?: number;
}

/** Options of {@link spirals}. */
export interface SpiralsOptions extends PointsOptions {
  /** The number of arms, at least 1; by default 2. */
  readonly classes?: number;
  /** The number of turns of each arm; by default 1. */
  readonly turns?: number;
}

/** Options of {@link blobs}. */
export interface BlobsOptions extends Omit<PointsOptions, 'noise'> {
  /** The number of clusters, at least 1; by default 3. */
  readonly classes?: number;
  /** The number of dimensions, at least 1; by default 2. */
  readonly features?: number;
  /** The standard deviation within a cluster; by default 1. Centers lie in [−10, 10). */
  readonly spread?: number;
}

const betweenZeroAndOne = /* @__PURE__ */ numberThat('between 0 and 1', (value) => value > 0 && value < 1);
const positiveAndFinite = /* @__PURE__ */ numberThat('above 0 and finite', (value) => value > 0 && value < Infinity);
const pointsChecks: Checks<PointsOptions> = { count: fromZero, seed: aSeed, noise: aDeviation };

/**
 * Two interleaving half circles, as in scikit-learn's `make_moons`.
 *
 * @returns points `[count, 2]` and classes `[count]`, 0 or 1
 * @throws OptionError for a count, noise or option out of range
 * @throws OptionError if `seed` is not an integer
 * @example
 * moons({ count: 4, seed: 1 }).y.toArray(); // => [0,1,0,1]
 */
export function moons(options: PointsOptions): LabeledPoints {
  checkOptions('moons', options, pointsChecks, 'count', 'seed');
  return draw('moons', options, 2, 2, (label, random) => {
    const angle = Math.PI * random.uniform();
    return label === 0 ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
  });
}

/**
 * A circle of radius 1, class 0, around a circle of radius `factor`, class 1, as in scikit-learn's `make_circles`.
 *
 * @returns points `[count, 2]` and classes `[count]`
 * @throws OptionError for a count, noise or option out of range
 * @throws OptionError if `seed` is not an integer
 * @example
 * const { x } = circles({ count: 2, seed: 1, noise: 0 });
 * [x.shape, Math.hypot(...x.data.slice(0, 2)).toFixed(3)]; // => [[2,2],'1.000']
 */
export function circles(options: CirclesOptions): LabeledPoints {
  checkOptions('circles', options, { ...pointsChecks, factor: betweenZeroAndOne }, 'count', 'seed');
  const { factor = 0.5 } = options;
  return draw('circles', options, 2, 2, (label, random) => {
    const angle = 2 * Math.PI * random.uniform();
    const radius = label === 0 ? 1 : factor;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

/**
 * The arms of a spiral from the center outward, one arm per class.
 *
 * @returns points `[count, 2]` within the unit circle, and classes `[count]`
 * @throws OptionError for a count, noise or option out of range
 * @throws OptionError if `seed` is not an integer
 * @example
 * spirals({ count: 6, seed: 1, classes: 3 }).y.toArray(); // => [0,1,2,0,1,2]
 */
export function spirals(options: SpiralsOptions): LabeledPoints {
  checkOptions('spirals', options, { ...pointsChecks, classes: aCount, turns: positiveAndFinite }, 'count', 'seed');
  const { classes = 2, turns = 1, noise = 0.02 } = options;
  return draw('spirals', { ...options, noise }, classes, 2, (label, random) => {
    // The square root spreads points evenly along the arm.
    const radius = Math.sqrt(random.uniform());
    const angle = 2 * Math.PI * (turns * radius + label / classes);
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

/**
 * Points in the square from −1 to 1. The class is 1 if exactly one coordinate is positive. Noise moves the points afterwards.
 *
 * @returns points `[count, 2]` and classes `[count]`, 0 or 1
 * @throws OptionError for a count or noise out of range
 * @throws OptionError if `seed` is not an integer
 * @example
 * const { x, y } = xor({ count: 2, seed: 1, noise: 0 });
 * const [a, b] = x.data;
 * [y.toArray(), a! * b! > 0]; // => [[0,1],true]
 */
export function xor(options: PointsOptions): LabeledPoints {
  checkOptions('xor', options, pointsChecks, 'count', 'seed');
  return draw('xor', options, 2, 2, (label, random) => {
    // 1 − u is in (0, 1], so that no point is on an axis.
    const [a, b] = [1 - random.uniform(), 1 - random.uniform()];
    const sign = random.below(2) ? 1 : -1;
    return [sign * a, (label === 0 ? sign : -sign) * b];
  });
}

/**
 * Round clusters around random centers, as in scikit-learn's `make_blobs`. The centers depend on the seed.
 *
 * @returns points `[count, features]` and classes `[count]`
 * @throws OptionError for a count or option out of range
 * @throws OptionError if `seed` is not an integer
 * @example
 * blobs({ count: 5, seed: 1, features: 4 }).x.shape; // => [5,4]
 */
export function blobs(options: BlobsOptions): LabeledPoints {
  checkOptions(
    'blobs',
    options,
    { count: fromZero, seed: aSeed, classes: aCount, features: aCount, spread: aDeviation },
    'count',
    'seed',
  );
  const { classes = 3, features = 2, spread = 1, seed } = options;
  const random = new RandomSource(seed, 'centres', 0);
  const centres = Array.from({ length: classes }, () =>
    Array.from({ length: features }, () => random.uniform(-10, 10)),
  );
  return draw('blobs', { ...options, noise: spread }, classes, features, (label) => centres[label]!);
}

type Place = (label: number, random: RandomSource) => readonly number[];

/** Makes points such that point i depends on the seed and i only: a larger count begins with the same points. */
function draw(op: string, options: PointsOptions, classes: number, features: number, place: Place): LabeledPoints {
  const { count, seed, noise = 0.1 } = options;
  if (count * features > 2 ** 31 - 1)
    throw new OptionError(`${op}: \`count\` must be at most ${Math.floor((2 ** 31 - 1) / features)}, got ${count}`);
  const x = new Float32Array(count * features);
  const y = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const random = new RandomSource(seed, 'points', i);
    y[i] = i % classes;
    const point = place(y[i]!, random);
    for (let axis = 0; axis < features; axis++) x[i * features + axis] = point[axis]! + noise * random.normal();
  }
  return { x: new Tensor([count, features], 'float32', x), y: new Tensor([count], 'int32', y) };
}
