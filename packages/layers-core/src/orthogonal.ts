import { ShapeError, showShape } from '@chainrule/errors';
import { eye, full, matmulNode, mul, randomNormal, sizeOf, Tensor } from '@chainrule/tensor';
import { configurable, type ConfigurableInitializer } from './initializers.ts';

/** Options of {@link orthogonal} and {@link identityInitializer}. */
export interface GainOptions {
  /** What the matrix is multiplied by. Default 1. */
  readonly gain?: number;
}

/**
 * A matrix with orthonormal rows or columns (Saxe, McClelland, Ganguli 2014), times a gain: keeps the length of what
 * passes through a recurrent layer. Normal numbers, made orthonormal one after the other (Gram and Schmidt, twice).
 *
 * @example
 * orthogonal.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 * orthogonal({ gain: 2 }).name; // => orthogonal
 */
export const orthogonal: ConfigurableInitializer<GainOptions> = /* @__PURE__ */ configurable('orthogonal', ({ gain = 1 }, shape, { rng, dtype }) => {
  const columns = shape.at(-1) ?? 1;
  const rows = sizeOf(shape) / Math.max(1, columns);
  const [count, length] = rows < columns ? [rows, columns] : [columns, rows];
  const vectors = orthonormal(randomNormal(rng, [count, length], { dtype: 'float64' }).data as Float64Array, count, length);
  const out = full(shape, 0, dtype).data;
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < length; k++) out[rows < columns ? i * columns + k : k * columns + i] = gain * vectors[i * length + k]!;
  }
  return new Tensor(shape, dtype, out);
});

/**
 * Ones on the diagonal, times a gain.
 *
 * @throws ShapeError for what is no matrix
 * @example
 * identityInitializer({ gain: 2 }).make([2, 2], { rng: new Generator(1), dtype: 'float32' }).toArray(); // => 2,0,0,2
 */
export const identityInitializer: ConfigurableInitializer<GainOptions> = /* @__PURE__ */ configurable('identity', ({ gain = 1 }, shape, { dtype }) => {
  if (shape.length !== 2) throw new ShapeError(`identity: expects rank 2, got ${showShape(shape)}`);
  return mul(eye(shape[0]!, shape[1], 0, dtype), gain);
});

/** Rows that are made orthonormal together. */
const blockRows = 32;

/**
 * Makes rows orthonormal, in place: a block of rows is made orthogonal to all rows before by products of matrices, then
 * within itself. The second pass removes what rounding left of the first.
 */
function orthonormal(v: Float64Array, count: number, length: number): Float64Array {
  for (let first = 0; first < count; first += blockRows) {
    const rows = Math.min(blockRows, count - first);
    const block = v.subarray(first * length, (first + rows) * length);
    const before = new Tensor([first, length], 'float64', v.subarray(0, first * length));
    for (let pass = 0; pass < 2; pass++) {
      if (first > 0) {
        const shares = matmulNode(new Tensor([rows, length], 'float64', block), before, { transposeB: true });
        const parts = matmulNode(shares, before)['~values'];
        for (let k = 0; k < block.length; k++) block[k]! -= parts[k]!;
      }
      orthonormalRows(block, rows, length);
    }
  }
  return v;
}

/** Gram and Schmidt. */
function orthonormalRows(v: Float64Array, count: number, length: number): void {
  const dot = (a: number, b: number): number => {
    let sum = 0;
    for (let k = 0; k < length; k++) sum += v[a * length + k]! * v[b * length + k]!;
    return sum;
  };
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      const d = dot(i, j);
      for (let k = 0; k < length; k++) v[i * length + k]! -= d * v[j * length + k]!;
    }
    const norm = Math.sqrt(dot(i, i));
    for (let k = 0; k < length; k++) v[i * length + k]! /= norm;
  }
}
