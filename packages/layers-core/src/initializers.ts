import { ShapeError, showShape } from '@chainrule/errors';
import { aFiniteNumber, aNumber, checkOptions, type Checks, nonNegative } from '@chainrule/errors/check';
import {
  cast,
  full,
  randomNormal,
  randomTruncatedNormal,
  randomUniform,
  type Shape,
  type Tensor,
} from '@chainrule/tensor';
import { aTensor, sameShape } from '@chainrule/tensor/graph';
import type { BuildContext } from './layer.ts';
import type { Saved } from './saved.ts';

/** Computes the initial values of a weight. */
export interface Initializer extends Saved {
  readonly make: (shape: Shape, at: BuildContext) => Tensor;
}

/** An initializer that is also a function of options: `uniform`, or `uniform({ maxval: 1 })`. */
export interface ConfigurableInitializer<Options> extends Initializer {
  (options: Options): Initializer;
}

/**
 * Creates an initializer with optional options.
 *
 * @param name - the name in saved models
 * @param make - creates the weight; options may be missing
 * @param checks - a check for each option
 * @example
 * import { aNumber } from '@chainrule/errors/check';
 * const fill = configurable('fill', ({ value = 7 }: { value?: number }, shape) => full(shape, value), { value: aNumber });
 * fill({ value: 3 }).make([2], { rng: new Generator(1), dtype: 'float32' }).toArray(); // => 3,3
 */
export function configurable<Options extends object>(
  name: string,
  make: (options: Partial<Options>, shape: Shape, at: BuildContext) => Tensor,
  checks: Checks<NoInfer<Options>>,
): ConfigurableInitializer<Options> {
  const configured = (options: Options): Initializer => {
    checkOptions(name, options, checks);
    return { name, args: [options], make: (shape, at) => make(options, shape, at) };
  };
  return Object.defineProperties(configured, {
    name: { value: name },
    make: { value: (shape: Shape, at: BuildContext) => make({}, shape, at) },
  }) as ConfigurableInitializer<Options>;
}

/**
 * Fills a weight with one value.
 *
 * @example
 * constant(3).name; // => constant
 */
export function constant(value: number): Initializer {
  aNumber('constant', 'value', value);
  return { name: 'constant', args: [value], make: (shape, at) => full(shape, value, at.dtype) };
}

/**
 * Starts a weight at given values, such as word vectors for an embedding. A saved model stores them as weights, so its
 * configuration names this initializer without values, and loading does not need it.
 *
 * @param values - of the weight's shape; cast to its dtype
 * @throws ShapeError if the weight has another shape
 * @example
 * fromValues(tensor([1, 2])).make([2], { rng: new Generator(1), dtype: 'float64' }).toArray(); // => 1,2
 */
export function fromValues(values: Tensor): Initializer {
  aTensor('fromValues', 'values', values);
  return {
    name: 'fromValues',
    make(shape, { dtype }) {
      if (!sameShape(values.shape, shape))
        throw new ShapeError(
          `fromValues: \`values\` must have the weight's shape ${showShape(shape)}, got ${showShape(values.shape)}`,
        );
      return cast(values, dtype);
    },
  };
}

/**
 * Fills a weight with zeros; the default for biases.
 *
 * @example
 * zerosInitializer.make([2], { rng: new Generator(1), dtype: 'float32' }).toArray(); // => 0,0
 */
export const zerosInitializer: Initializer = { name: 'zeros', make: (shape, at) => full(shape, 0, at.dtype) };

/**
 * Fills a weight with ones; the default for scales.
 *
 * @example
 * onesInitializer.make([2], { rng: new Generator(1), dtype: 'float32' }).toArray(); // => 1,1
 */
export const onesInitializer: Initializer = { name: 'ones', make: (shape, at) => full(shape, 1, at.dtype) };

/** Options of {@link uniform}. */
export interface UniformOptions {
  /** Default −0.05. */
  readonly minval?: number;
  /** Default 0.05. */
  readonly maxval?: number;
}

/**
 * Uniform distribution U(minval, maxval). The default U(−0.05, 0.05) is Keras' default for embeddings.
 *
 * @throws OptionError if `minval` exceeds `maxval`
 * @example
 * uniform.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 * uniform({ minval: 0, maxval: 1 }).args; // => [{"minval":0,"maxval":1}]
 */
export const uniform: ConfigurableInitializer<UniformOptions> = /* @__PURE__ */ configurable(
  'uniform',
  ({ minval = -0.05, maxval = 0.05 }, shape, { rng, dtype }) =>
    randomUniform(rng, shape, { low: minval, high: maxval, dtype }),
  { minval: aNumber, maxval: aNumber },
);

/** Options of {@link normal} and {@link truncatedNormal}. */
export interface NormalOptions {
  /** Default 0. */
  readonly mean?: number;
  /** Standard deviation. Default 0.05. */
  readonly stddev?: number;
}

const normalChecks: Checks<NormalOptions> = { mean: aFiniteNumber, stddev: nonNegative };

/**
 * Normal distribution N(mean, stddev²), as Keras' RandomNormal. Default N(0, 0.05²).
 *
 * @throws OptionError for a negative `stddev`
 * @example
 * normal({ stddev: 1 }).make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 */
export const normal: ConfigurableInitializer<NormalOptions> = /* @__PURE__ */ configurable(
  'normal',
  ({ mean = 0, stddev = 0.05 }, shape, { rng, dtype }) => randomNormal(rng, shape, { mean, std: stddev, dtype }),
  normalChecks,
);

/**
 * Normal distribution N(mean, stddev²) truncated at two standard deviations from the mean. As in Keras, `stddev` refers
 * to the distribution before truncation.
 *
 * @throws OptionError for a negative `stddev`
 * @example
 * truncatedNormal({ stddev: 1 }).make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 */
export const truncatedNormal: ConfigurableInitializer<NormalOptions> = /* @__PURE__ */ configurable(
  'truncatedNormal',
  ({ mean = 0, stddev = 0.05 }, shape, { rng, dtype }) =>
    randomTruncatedNormal(rng, shape, { mean, std: stddev, dtype }),
  normalChecks,
);
