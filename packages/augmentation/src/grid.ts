import { type FloatDType, Tensor } from '@chainrule/tensor';

/** The numbers from 0 to n − 1 along axis 0 (rows) or 1 (columns) of an image: `[n, 1]` or `[1, n]`. */
export function gridAxis(n: number, axis: 0 | 1, dtype: FloatDType): Tensor {
  const values = dtype === 'float64' ? new Float64Array(n) : new Float32Array(n);
  return new Tensor(
    axis === 0 ? [n, 1] : [1, n],
    dtype,
    values.map((_, i) => i),
  );
}
