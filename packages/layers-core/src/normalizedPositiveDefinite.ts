import { ShapeError, showShape } from '@chainrule/errors';
import { full, randomNormal, Tensor } from '@chainrule/tensor';
import type { Initializer } from './initializers.ts';

/**
 * A positive definite matrix whose largest eigenvalue is 1, for the recurrent kernels of networks with ReLU. Such a
 * network forgets in all directions except one; with `identityInitializer`, it forgets in none.
 *
 * (A + I) / λ with A = RᵀR / n, standard normal R `[n, n]`, and the largest eigenvalue λ of A + I, found by power iteration
 * (Talathi and Vartak 2015)
 *
 * @throws ShapeError for a shape other than a square matrix
 * @example
 * normalizedPositiveDefinite.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 */
export const normalizedPositiveDefinite: Initializer = {
  name: 'normalizedPositiveDefinite',
  make(shape, { rng, dtype }) {
    const [n = 0, columns] = shape;
    if (shape.length !== 2 || n !== columns)
      throw new ShapeError(`normalizedPositiveDefinite: expects a square matrix, got ${showShape(shape)}`);
    const matrix = shiftedGram(randomNormal(rng, [n, n], { dtype: 'float64' }).data as Float64Array, n);
    const largest = largestEigenvalue(matrix, n);
    const out = full(shape, 0, dtype).data;
    matrix.forEach((v, i) => (out[i] = v / largest));
    return new Tensor(shape, dtype, out);
  },
};

/** RᵀR / n + I */
function shiftedGram(r: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[i * n + j]! += (r[k * n + i]! * r[k * n + j]!) / n;
  }
  for (let i = 0; i < n; i++) out[i * n + i]! += 1;
  return out;
}

/** Power iteration for a symmetric positive definite matrix. The error of vᵀMv is the square of the error of v, so it converges early. */
function largestEigenvalue(matrix: Float64Array, n: number): number {
  let v = Float64Array.from({ length: n }, (_, i) => 1 + 0.1 * Math.sin(i));
  let value = 0;
  for (let step = 0; step < 10_000; step++) {
    const length = Math.hypot(...v);
    const unit = v.map((a) => a / length);
    v = unit.map((_, i) => unit.reduce((sum, a, j) => sum + matrix[i * n + j]! * a, 0));
    const next = unit.reduce((sum, a, i) => sum + a * v[i]!, 0);
    if (Math.abs(next - value) <= 1e-14 * next) return next;
    value = next;
  }
  return value;
}
