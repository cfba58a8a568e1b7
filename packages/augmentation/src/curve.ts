import { map, matmul, scalar as e, Tensor } from '@chainrule/tensor';
import { normals } from './normals.ts';
import type { Scene } from './scene.ts';

/**
 * Smooth random curves around 1: natural cubic splines through `knots` + 2 points at equal distances, from the first step to the
 * last, drawn from the normal distribution of mean 1 and standard deviation `std`. `[batch, time, count]`.
 */
export function randomCurves(scene: Scene, time: number, knots: number, std: number, count: number): Tensor {
  const points = map((n) => e.add(1, e.mul(std, n)), [normals(scene, [knots + 2, count])]);
  return matmul(splineMatrix(time, knots + 2, scene.dtype), points);
}

/** The matrix `[time, points]` from the values at the points to those of the natural cubic spline at each step. */
export function splineMatrix(time: number, points: number, dtype: 'float32' | 'float64'): Tensor {
  const out = dtype === 'float64' ? new Float64Array(time * points) : new Float32Array(time * points);
  for (let k = 0; k < points; k++) {
    const values = Array.from({ length: points }, (_, i) => Number(i === k));
    const curvatures = secondDerivatives(values);
    for (let t = 0; t < time; t++) {
      const at = time === 1 ? 0 : (t * (points - 1)) / (time - 1);
      const i = Math.min(points - 2, Math.floor(at));
      const [b, a] = [at - i, 1 - (at - i)];
      out[t * points + k] =
        a * values[i]! + b * values[i + 1]! + ((a ** 3 - a) * curvatures[i]! + (b ** 3 - b) * curvatures[i + 1]!) / 6;
    }
  }
  return new Tensor([time, points], dtype, out);
}

/** Second derivatives of the natural cubic spline through values at distances of 1: a tridiagonal system. */
function secondDerivatives(y: readonly number[]): number[] {
  const n = y.length;
  const [factors, sums] = [new Array<number>(n).fill(0), new Array<number>(n).fill(0)];
  for (let i = 1; i < n - 1; i++) {
    const pivot = 4 - factors[i - 1]!;
    factors[i] = 1 / pivot;
    sums[i] = (6 * (y[i - 1]! - 2 * y[i]! + y[i + 1]!) - sums[i - 1]!) / pivot;
  }
  const result = new Array<number>(n).fill(0);
  for (let i = n - 2; i > 0; i--) result[i] = sums[i]! - factors[i]! * result[i + 1]!;
  return result;
}
