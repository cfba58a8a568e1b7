import { type FloatDType, Tensor } from '@chainrule/tensor';

/**
 * The matrix `[n, n]` that smooths n values in a row with a Gaussian of standard deviation `sigma`. Weights of each result
 * add up to 1, also at the ends.
 */
export function smoothingMatrix(n: number, sigma: number, dtype: FloatDType): Tensor {
  const values = dtype === 'float64' ? new Float64Array(n * n) : new Float32Array(n * n);
  for (let i = 0; i < n; i++) {
    const weights = Array.from({ length: n }, (_, j) =>
      sigma === 0 ? Number(i === j) : Math.exp(-((i - j) ** 2) / (2 * sigma ** 2)),
    );
    const total = weights.reduce((a, b) => a + b, 0);
    weights.forEach((w, j) => (values[i * n + j] = w / total));
  }
  return new Tensor([n, n], dtype, values);
}
