import { checkGradients, grad, hessianVectorProduct } from '@chainrule/autograd';
import { tensor, type Tensor } from '@chainrule/tensor';
import { expect } from 'vitest';

type Loss = (weights: readonly Tensor[]) => Tensor;

/**
 * Checks first and second gradients of a loss in float64, and compares a Hessian-vector product with the difference of
 * gradients along the vector.
 *
 * @returns how many elements `checkGradients` compared
 */
export function checkHessianProduct(loss: Loss, weights: readonly Tensor[]): number {
  const { compared } = checkGradients((...values) => loss(values), [...weights], { order: 2, tolerance: 2e-5 });
  const direction = weights.map((w, k) => mapData(w, (_, i) => Math.sin(i + k)));
  const product = hessianVectorProduct((values: readonly Tensor[]) => loss(values))(weights, direction);
  const h = 1e-5;
  const slope = (sign: number): number[] => {
    const at = weights.map((w, k) => mapData(w, (value, i) => value + sign * h * direction[k]!.data[i]!));
    return grad((values: readonly Tensor[]) => loss(values))(at).flatMap((g) => [...g.data]);
  };
  const [up, down] = [slope(1), slope(-1)];
  product
    .flatMap((p) => [...p.data])
    .forEach((p, i) => expect(Math.abs(p - (up[i]! - down[i]!) / (2 * h))).toBeLessThan(1e-5 * (1 + Math.abs(p))));
  return compared;
}

function mapData({ shape, data }: Tensor, fn: (value: number, i: number) => number): Tensor {
  return tensor(Float64Array.from(data, fn), shape, 'float64');
}
