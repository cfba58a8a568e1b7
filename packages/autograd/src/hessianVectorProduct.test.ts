import { add, exp, mul, scan, square, sub, sum, tensor, Tensor, Variable } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { hessianVectorProduct } from './hessianVectorProduct.ts';

const vector = (...values: number[]): Tensor => tensor(values, undefined, 'float64');
const pick = (x: Tensor, i: number): Tensor => sum(mul(x, vector(...x.data.map((_, k) => (k === i ? 1 : 0)))));

describe('hessianVectorProduct', () => {
  /** Rosenbrock's function, (1 − x)² + 100·(y − x²)². */
  const rosenbrock = (p: Tensor): Tensor => {
    const [x, y] = [pick(p, 0), pick(p, 1)];
    return add(square(sub(1, x)), mul(100, square(sub(y, square(x)))));
  };

  test('gives the columns of the Hessian in closed form', () => {
    const [x, y] = [-1.2, 0.7];
    const column = (...v: number[]): number[] => [...hessianVectorProduct(rosenbrock)(vector(x, y), vector(...v)).data];
    expect(column(1, 0)[0]).toBeCloseTo(2 - 400 * (y - 3 * x * x), 9);
    expect(column(1, 0)[1]).toBeCloseTo(-400 * x, 9);
    expect(column(0, 1)[0]).toBeCloseTo(-400 * x, 9);
    expect(column(0, 1)[1]).toBeCloseTo(200, 9);
    expect(column(2, -1)[1]).toBeCloseTo(2 * -400 * x - 200, 9);
  });

  test('takes trees of tensors and variables, and other arguments', () => {
    const [a, b] = [new Variable(vector(2, 3)), vector(5, 7)];
    const f = ({ u, v }: { u: Variable; v: Tensor }, scale: Tensor): Tensor => sum(mul(mul(square(u.value), v), scale));
    const h = hessianVectorProduct(f)({ u: a, v: b }, { u: vector(1, 0), v: vector(0, 1) }, vector(10, 10));
    // ∂²/∂u² = 2·v·s, ∂²/∂u∂v = 2·u·s, ∂²/∂v² = 0
    expect([h.u.toArray(), h.v.toArray()]).toEqual([
      [2 * 5 * 10, 2 * 3 * 10],
      [2 * 2 * 10, 0],
    ]);
  });

  test('goes through a scan', () => {
    const f = (x: Tensor): Tensor => sum(scan((c: Tensor, r: Tensor) => [mul(c, exp(r)), c] as const, vector(1), x)[0]);
    const product = hessianVectorProduct(f)(
      new Tensor([2, 1], 'float64', Float64Array.of(0.1, 0.2)),
      new Tensor([2, 1], 'float64', Float64Array.of(1, 2)),
    );
    product.data.forEach((v) => expect(v).toBeCloseTo(3 * Math.exp(0.3), 12));
  });
});
