import { oneOf, positive } from '@chainrule/errors/check';
import {
  type FloatDType,
  type Generator,
  randomTruncatedNormal,
  randomUniform,
  type Shape,
  type Tensor,
} from '@chainrule/tensor';
import { sizeOf } from '@chainrule/tensor/graph';
import { configurable, type ConfigurableInitializer } from './initializers.ts';

/** Standard deviation of a standard normal distribution truncated at ±2. As in Keras, dividing by it gives the requested deviation. */
const truncatedDeviation = 0.87962566103423978;

/** Fan-in and fan-out: the last two axes, each times the size of the window. */
function fans(shape: Shape): [fanIn: number, fanOut: number] {
  if (shape.length < 2) return [sizeOf(shape), sizeOf(shape)];
  const field = sizeOf(shape.slice(0, -2));
  return [shape.at(-2)! * field, shape.at(-1)! * field];
}

const modes = {
  fanIn: (shape: Shape): number => fans(shape)[0],
  fanOut: (shape: Shape): number => fans(shape)[1],
  fanAverage: (shape: Shape): number => (fans(shape)[0] + fans(shape)[1]) / 2,
};

/** Options of the initializers that scale with the fans of a weight. */
export interface ScaledOptions {
  /**
   * Factor of the values; the variance grows with its square. 5/3 keeps the variance through layers with `tanh` (PyTorch's
   * `calculate_gain`). 4 with `glorotUniform` fits `sigmoid`, whose slope at 0 is a quarter of that of `tanh` (Bengio 2012,
   * Practical recommendations for gradient-based training of deep architectures). Keras' VarianceScaling takes `scale`, the
   * square. Default 1.
   */
  readonly gain?: number;
  /** What divides the variance: fan in, fan out or their average. The default depends on the initializer. */
  readonly mode?: keyof typeof modes;
}

type Draw = (rng: Generator, shape: Shape, variance: number, dtype: FloatDType) => Tensor;

/** U(−l, l) with l = √(3 · variance). */
const fromUniform: Draw = (rng, shape, variance, dtype) => {
  const limit = Math.sqrt(3 * variance);
  return randomUniform(rng, shape, { low: -limit, high: limit, dtype });
};

/** A normal distribution truncated at two standard deviations, with the given variance after truncation. */
const fromNormal: Draw = (rng, shape, variance, dtype) =>
  randomTruncatedNormal(rng, shape, { std: Math.sqrt(variance) / truncatedDeviation, dtype });

/** Draws with the variance `scale` · gain² / fan. */
function scaled(
  name: string,
  draw: Draw,
  scale: number,
  usual: keyof typeof modes,
): ConfigurableInitializer<ScaledOptions> {
  return configurable<ScaledOptions>(
    name,
    ({ gain = 1, mode = usual }, shape, { rng, dtype }) =>
      draw(rng, shape, (scale * gain ** 2) / Math.max(1, modes[mode](shape)), dtype),
    { gain: positive, mode: oneOf(...Object.keys(modes)) },
  );
}

/**
 * Glorot (Xavier) uniform initializer: U(−l, l) with l = √(6 / (fan in + fan out)) (Glorot and Bengio 2010). Keras' default
 * for kernels.
 *
 * @param options - `gain` (1): 5/3 for layers with `tanh`, 4 for `sigmoid`; `mode` ('fanAverage')
 * @throws OptionError for a gain that is not positive
 * @example
 * glorotUniform.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 * glorotUniform({ gain: 5 / 3 }).name; // => glorotUniform
 */
export const glorotUniform: ConfigurableInitializer<ScaledOptions> = /* @__PURE__ */ scaled(
  'glorotUniform',
  fromUniform,
  1,
  'fanAverage',
);

/**
 * Glorot (Xavier) normal initializer: variance 2 / (fan in + fan out), truncated at two standard deviations (Glorot and
 * Bengio 2010).
 *
 * @param options - `gain` (1), `mode` ('fanAverage')
 * @throws OptionError for a gain that is not positive
 * @example
 * glorotNormal.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 */
export const glorotNormal: ConfigurableInitializer<ScaledOptions> = /* @__PURE__ */ scaled(
  'glorotNormal',
  fromNormal,
  1,
  'fanAverage',
);

/**
 * He uniform initializer for ReLU: U(−l, l) with l = √(6 / fan in) (He et al. 2015).
 *
 * @param options - `gain` (1), `mode` ('fanIn'); 'fanAverage' also bounds the size of gradients
 * @throws OptionError for a gain that is not positive
 * @example
 * heUniform.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 * heUniform({ mode: 'fanAverage' }).args; // => [{"mode":"fanAverage"}]
 */
export const heUniform: ConfigurableInitializer<ScaledOptions> = /* @__PURE__ */ scaled(
  'heUniform',
  fromUniform,
  2,
  'fanIn',
);

/**
 * He normal initializer for ReLU: variance 2 / fan in, truncated at two standard deviations (He et al. 2015).
 *
 * @param options - `gain` (1), `mode` ('fanIn'); 'fanAverage' also bounds the size of gradients
 * @throws OptionError for a gain that is not positive
 * @example
 * heNormal.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 * heNormal({ mode: 'fanAverage' }).args; // => [{"mode":"fanAverage"}]
 */
export const heNormal: ConfigurableInitializer<ScaledOptions> = /* @__PURE__ */ scaled(
  'heNormal',
  fromNormal,
  2,
  'fanIn',
);

/**
 * LeCun uniform initializer: U(−l, l) with l = √(3 / fan in) (LeCun et al. 1998).
 *
 * @param options - `gain` (1), `mode` ('fanIn')
 * @throws OptionError for a gain that is not positive
 * @example
 * lecunUniform.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 */
export const lecunUniform: ConfigurableInitializer<ScaledOptions> = /* @__PURE__ */ scaled(
  'lecunUniform',
  fromUniform,
  1,
  'fanIn',
);

/**
 * LeCun normal initializer for `selu`: variance 1 / fan in, truncated at two standard deviations (LeCun et al. 1998).
 *
 * @param options - `gain` (1), `mode` ('fanIn')
 * @throws OptionError for a gain that is not positive
 * @example
 * lecunNormal.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 */
export const lecunNormal: ConfigurableInitializer<ScaledOptions> = /* @__PURE__ */ scaled(
  'lecunNormal',
  fromNormal,
  1,
  'fanIn',
);
