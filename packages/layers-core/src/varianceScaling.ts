import { randomTruncatedNormal, randomUniform, type Shape } from '@chainrule/tensor';
import { sizeOf } from '@chainrule/tensor/graph';
import type { Initializer } from './initializers.ts';

/** The deviation of a standard normal distribution cut at ±2: what Keras divides by, so that the result has the deviation asked for. */
const truncatedDeviation = 0.87962566103423978;

/** Inputs and outputs of one unit: all axes but the last are what it sees; windows count. */
function fans(shape: Shape): [fanIn: number, fanOut: number] {
  if (shape.length < 2) return [sizeOf(shape), sizeOf(shape)];
  const field = sizeOf(shape.slice(0, -2));
  return [shape.at(-2)! * field, shape.at(-1)! * field];
}

const fanIn = (shape: Shape): number => fans(shape)[0];
const fanAverage = (shape: Shape): number => (fans(shape)[0] + fans(shape)[1]) / 2;

/** U(−l, l) with variance `scale` / fan. */
function scaledUniform(name: string, scale: number, fan: (shape: Shape) => number): Initializer {
  return {
    name,
    make(shape, { rng, dtype }) {
      const limit = Math.sqrt((3 * scale) / Math.max(1, fan(shape)));
      return randomUniform(rng, shape, { low: -limit, high: limit, dtype });
    },
  };
}

/** A normal distribution, cut at two deviations, that has variance `scale` / fan after the cut. */
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
 * U(−l, l) with l = √(6 / (fan in + fan out)) (Glorot and Bengio 2010); Keras' default for kernels.
 *
 * @example
 * glorotUniform.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 */
export const glorotUniform: Initializer = /* @__PURE__ */ scaledUniform('glorotUniform', 1, fanAverage);

/**
 * Normal with variance 2 / (fan in + fan out), cut at two deviations (Glorot and Bengio 2010).
 *
 * @example
 * glorotNormal.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 */
export const glorotNormal: Initializer = /* @__PURE__ */ scaledNormal('glorotNormal', 1, fanAverage);

/**
 * U(−l, l) with l = √(6 / fan in) (He et al. 2015), for rectifiers.
 *
 * @example
 * heUniform.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 */
export const heUniform: Initializer = /* @__PURE__ */ scaledUniform('heUniform', 2, fanIn);

/**
 * Normal with variance 2 / fan in, cut at two deviations (He et al. 2015), for rectifiers.
 *
 * @example
 * heNormal.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 */
export const heNormal: Initializer = /* @__PURE__ */ scaledNormal('heNormal', 2, fanIn);

/**
 * U(−l, l) with l = √(3 / fan in) (LeCun et al. 1998).
 *
 * @example
 * lecunUniform.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 */
export const lecunUniform: Initializer = /* @__PURE__ */ scaledUniform('lecunUniform', 1, fanIn);

/**
 * Normal with variance 1 / fan in, cut at two deviations (LeCun et al. 1998), for `selu`.
 *
 * @example
 * lecunNormal.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 */
export const lecunNormal: Initializer = /* @__PURE__ */ scaledNormal('lecunNormal', 1, fanIn);
