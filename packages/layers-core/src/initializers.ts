import { full, randomNormal, randomUniform, sizeOf, type Shape, Tensor } from '@chainrule/tensor';
import type { BuildContext } from './layer.ts';

/** How a weight starts. */
export interface Initializer {
  readonly name: string;
  make(shape: Shape, at: BuildContext): Tensor;
}

/**
 * The same value everywhere.
 *
 * @example
 * constant(3).name; // => constant
 */
export function constant(value: number): Initializer {
  return { name: 'constant', make: (shape, at) => full(shape, value, at.dtype) };
}

/**
 * Zeros, as for biases.
 *
 * @example
 * zerosInitializer.make([2], { rng: new Generator(1), dtype: 'float32' }).toArray(); // => 0,0
 */
export const zerosInitializer: Initializer = { name: 'zeros', make: (shape, at) => full(shape, 0, at.dtype) };

/**
 * Ones, as for scales.
 *
 * @example
 * onesInitializer.make([2], { rng: new Generator(1), dtype: 'float32' }).toArray(); // => 1,1
 */
export const onesInitializer: Initializer = { name: 'ones', make: (shape, at) => full(shape, 1, at.dtype) };

/** Inputs and outputs of one unit: all axes but the last are what it sees; windows count. */
function fans(shape: Shape): [fanIn: number, fanOut: number] {
  if (shape.length < 2) return [sizeOf(shape), sizeOf(shape)];
  const field = sizeOf(shape.slice(0, -2));
  return [shape.at(-2)! * field, shape.at(-1)! * field];
}

/**
 * U(−l, l) with l = √(6 / (fan in + fan out)) (Glorot and Bengio 2010); Keras' default for kernels.
 *
 * @example
 * glorotUniform.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 */
export const glorotUniform: Initializer = {
  name: 'glorotUniform',
  make(shape, { rng, dtype }) {
    const [fanIn, fanOut] = fans(shape);
    const limit = Math.sqrt(6 / Math.max(1, fanIn + fanOut));
    return randomUniform(rng, shape, { low: -limit, high: limit, dtype });
  },
};

/**
 * U(−l, l) with l = √(6 / fan in) (He et al. 2015), for rectifiers.
 *
 * @example
 * heUniform.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 */
export const heUniform: Initializer = {
  name: 'heUniform',
  make(shape, { rng, dtype }) {
    const limit = Math.sqrt(6 / Math.max(1, fans(shape)[0]));
    return randomUniform(rng, shape, { low: -limit, high: limit, dtype });
  },
};

/**
 * U(−0.05, 0.05), Keras' default for embeddings.
 *
 * @example
 * uniform.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 */
export const uniform: Initializer = {
  name: 'uniform',
  make: (shape, { rng, dtype }) => randomUniform(rng, shape, { low: -0.05, high: 0.05, dtype }),
};

/**
 * A matrix with orthonormal rows or columns (Saxe, McClelland, Ganguli 2014): keeps the length of what passes through a
 * recurrent layer. Normal numbers, made orthonormal one after the other (Gram and Schmidt, twice).
 *
 * @example
 * orthogonal.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 */
export const orthogonal: Initializer = {
  name: 'orthogonal',
  make(shape, { rng, dtype }) {
    const columns = shape.at(-1) ?? 1;
    const rows = sizeOf(shape) / Math.max(1, columns);
    const [count, length] = rows < columns ? [rows, columns] : [columns, rows];
    const vectors = orthonormal(randomNormal(rng, [count, length], { dtype: 'float64' }).data as Float64Array, count, length);
    const out = full(shape, 0, dtype).data;
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < length; k++) out[rows < columns ? i * columns + k : k * columns + i] = vectors[i * length + k]!;
    }
    return new Tensor(shape, dtype, out);
  },
};

/** Makes rows orthonormal, in place. The second pass removes what rounding left of the first. */
function orthonormal(v: Float64Array, count: number, length: number): Float64Array {
  const dot = (a: number, b: number): number => {
    let sum = 0;
    for (let k = 0; k < length; k++) sum += v[a * length + k]! * v[b * length + k]!;
    return sum;
  };
  for (let i = 0; i < count; i++) {
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        const d = dot(i, j);
        for (let k = 0; k < length; k++) v[i * length + k]! -= d * v[j * length + k]!;
      }
    }
    const norm = Math.sqrt(dot(i, i));
    for (let k = 0; k < length; k++) v[i * length + k]! /= norm;
  }
  return v;
}
