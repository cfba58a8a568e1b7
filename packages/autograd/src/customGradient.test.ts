import { add, exp, log, minimum, mul, sum, tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { checkGradients } from './checkGradients.ts';
import { customGradient } from './customGradient.ts';
import { grad } from './grad.ts';

const number = (value: number): Tensor => tensor(value, [], 'float64');
const vector = (...values: number[]): Tensor => tensor(values, undefined, 'float64');

describe('customGradient', () => {
  const clipped = customGradient(
    (x: Tensor) => mul(x, x),
    (g, _y, x) => [minimum(mul(g, mul(x, 2)), 1)],
  );

  test('replaces the gradient, not the value', () => {
    expect([clipped(number(3)).item(), grad(clipped)(number(3)).item(), grad(clipped)(number(0.25)).item()]).toEqual([
      9, 1, 0.5,
    ]);
  });

  test('is differentiated again through its pullback', () => {
    expect([grad(grad(clipped))(number(0.25)).item(), grad(grad(clipped))(number(3)).item()]).toEqual([2, 0]);
    const stable = customGradient(
      (x: Tensor) => log(add(exp(x), 1)),
      (g, y, x) => [mul(g, exp(add(x, mul(y, -1))))],
    );
    checkGradients((x) => stable(x), [vector(-1, 0, 2)], { order: 2 });
  });

  test('gets the result and all arguments, and may leave cotangents out', () => {
    const seen: unknown[] = [];
    const f = customGradient(
      (a: Tensor, b: Tensor) => mul(a, b),
      (g, y, a, b) => {
        seen.push(g.item(), y.item(), a.item(), b.item());
        return [mul(g, b), null];
      },
    );
    const g = grad(([a, b]: [Tensor, Tensor]) => f(a, b))([number(3), number(5)]);
    expect([seen, g.map((t) => t.item())]).toEqual([
      [1, 15, 3, 5],
      [5, 0],
    ]);
  });

  test('treats closed-over tensors as constants', () => {
    const f = (x: Tensor): Tensor =>
      customGradient(
        (y: Tensor) => mul(y, x),
        (g) => [mul(g, 100)],
      )(mul(x, 1));
    expect(grad(f)(number(3)).item()).toBe(100);
  });

  test('names itself when a cotangent has the wrong shape', () => {
    const f = customGradient(
      (x: Tensor) => sum(x),
      (g) => [g],
      { name: 'total' },
    );
    expect(() => grad(f)(vector(1, 2))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: total: \`pullback\` must return a cotangent of shape [2] for argument 0, got []]`,
    );
    const anonymous = customGradient(
      (x: Tensor) => sum(x),
      () => [vector(1, 2, 3)],
    );
    expect(() => grad(anonymous)(vector(1, 2))).toThrow(
      'customGradient: `pullback` must return a cotangent of shape [2] for argument 0, got [3]',
    );
  });

  test('may be nested', () => {
    const outer = customGradient(
      (x: Tensor) => add(clipped(x), clipped(x)),
      (g, _y, x) => [mul(g, grad(clipped)(x))],
    );
    expect(grad(outer)(number(3)).item()).toBe(1);
  });
});
