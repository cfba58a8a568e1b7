import { randomTruncatedNormal, randomUniform, type Shape } from '@chainrule/tensor';
import { sizeOf } from '@chainrule/tensor/graph';
import type { Initializer } from './initializers.ts';

/** Standard deviation of a standard normal distribution truncated at ±2. As in Keras, dividing by it gives the requested deviation. */
const truncatedDeviation = 0.87962566103423978;

/** Fan-in and fan-out: the last two axes, each times the size of the window. */
function fans(shape: Shape): [fanIn: number, fanOut: number] {
  if (shape.length < 2) return [sizeOf(shape), sizeOf(shape)];
  const field = sizeOf(shape.slice(0, -2));
  return [shape.at(-2)! * field, shape.at(-1)! * field];
}

const fanIn = (shape: Shape): number => fans(shape)[0];
const fanAverage = (shape: Shape): number => (fans(shape)[0] + fans(shape)[1]) / 2;

/** A uniform distribution U(−l, l) with variance `scale` / fan. */
function scaledUniform(name: string, scale: number, fan: (shape: Shape) => number): Initializer {
  return {
    name,
    make(shape, { rng, dtype }) {
      const limit = Math.sqrt((3 * scale) / Math.max(1, fan(shape)));
      return randomUniform(rng, shape, { low: -limit, high: limit, dtype });
    },
  };
}

/** A normal distribution truncated at two standard deviations, with variance `scale` / fan after truncation. */
function scaledNormal(name: string, scale: number, fan: (shape: Shape) => number): Initializer {
  return {
    name,
    make(shape, { rng, dtype }) {
      const std = Math.sqrt(scale / Math.max(1, fan(shape))) / truncatedDeviation;
      return randomTruncatedNormal(rng, shape, { std, dtype });
    },
  };
}

/**
 * Glorot (Xavier) uniform initializer: U(−l, l) with l = √(6 / (fan in + fan out)) (Glorot and Bengio 2010). Keras' default
 * for kernels.
 *
 * @example
 * glorotUniform.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 */
export const glorotUniform: Initializer = /* @__PURE__ */ scaledUniform('glorotUniform', 1, fanAverage);

/**
 * Glorot (Xavier) normal initializer: variance 2 / (fan in + fan out), truncated at two standard deviations (Glorot and
 * Bengio 2010).
 *
 * @example
 * glorotNormal.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 */
export const glorotNormal: Initializer = /* @__PURE__ */ scaledNormal('glorotNormal', 1, fanAverage);

/**
 * He uniform initializer for ReLU: U(−l, l) with l = √(6 / fan in) (He et al. 2015).
 *
 * @example
 * heUniform.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 */
export const heUniform: Initializer = /* @__PURE__ */ scaledUniform('heUniform', 2, fanIn);

/**
 * He normal initializer for ReLU: variance 2 / fan in, truncated at two standard deviations (He et al. 2015).
 *
 * @example
 * heNormal.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 */
export const heNormal: Initializer = /* @__PURE__ */ scaledNormal('heNormal', 2, fanIn);

/**
 * LeCun uniform initializer: U(−l, l) with l = √(3 / fan in) (LeCun et al. 1998).
 *
 * @example
 * lecunUniform.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 */
export const lecunUniform: Initializer = /* @__PURE__ */ scaledUniform('lecunUniform', 1, fanIn);

/**
 * LeCun normal initializer for `selu`: variance 1 / fan in, truncated at two standard deviations (LeCun et al. 1998).
 *
 * @example
 * lecunNormal.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 */
export const lecunNormal: Initializer = /* @__PURE__ */ scaledNormal('lecunNormal', 1, fanIn);
