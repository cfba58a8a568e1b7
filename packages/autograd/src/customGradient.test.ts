import { add, exp, log, minimum, mul, softplus, square, sum, tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { checkGradients } from './checkGradients.ts';
import { customGradient } from './customGradient.ts';
import { grad } from './grad.ts';
import { stopGradient } from './stopGradient.ts';

const number = (value: number): Tensor => tensor(value, [], 'float64');
const vector = (...values: number[]): Tensor => tensor(values, undefined, 'float64');

describe('customGradient', () => {
  const clipped = customGradient((x: Tensor) => mul(x, x), (g, _y, x) => [minimum(mul(g, mul(x, 2)), 1)]);

  test('replaces the gradient, not the value', () => {
    expect([clipped(number(3)).item(), grad(clipped)(number(3)).item(), grad(clipped)(number(0.25)).item()]).toEqual([9, 1, 0.5]);
  });

  test('is differentiated again through its pullback', () => {
    expect([grad(grad(clipped))(number(0.25)).item(), grad(grad(clipped))(number(3)).item()]).toEqual([2, 0]);
    const stable = customGradient((x: Tensor) => log(add(exp(x), 1)), (g, y, x) => [mul(g, exp(add(x, mul(y, -1))))]);
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
    expect([seen, g.map((t) => t.item())]).toEqual([[1, 15, 3, 5], [5, 0]]);
  });

  test('takes what it closes over as constant', () => {
    const f = (x: Tensor): Tensor => customGradient((y: Tensor) => mul(y, x), (g) => [mul(g, 100)])(mul(x, 1));
    expect(grad(f)(number(3)).item()).toBe(100);
  });

  test('names itself when a cotangent has the wrong shape', () => {
    const f = customGradient((x: Tensor) => sum(x), (g) => [g], { name: 'total' });
    expect(() => grad(f)(vector(1, 2))).toThrowErrorMatchingInlineSnapshot(`[ShapeError: total: the pullback must give argument 0 a cotangent of shape [2], got []]`);
    const anonymous = customGradient((x: Tensor) => sum(x), () => [vector(1, 2, 3)]);
    expect(() => grad(anonymous)(vector(1, 2))).toThrow('customGradient: the pullback must give argument 0 a cotangent of shape [2], got [3]');
  });

  test('may be nested', () => {
    const outer = customGradient((x: Tensor) => add(clipped(x), clipped(x)), (g, _y, x) => [mul(g, grad(clipped)(x))]);
    expect(grad(outer)(number(3)).item()).toBe(1);
  });
});

describe('stopGradient', () => {
  test('keeps the value and takes the gradient away', () => {
    expect(stopGradient(vector(1, 2)).toArray()).toEqual([1, 2]);
    expect(grad((x: Tensor) => mul(x, stopGradient(x)))(number(3)).item()).toBe(3);
    expect(grad((x: Tensor) => stopGradient(square(x)))(number(3)).item()).toBe(0);
    expect(grad(grad((x: Tensor) => mul(stopGradient(square(x)), x)))(number(3)).item()).toBe(0);
  });

  test('lets integers and conditions pass', () => {
    expect(stopGradient(tensor([1, 2], undefined, 'int32')).dtype).toBe('int32');
  });
});

describe('checkGradients', () => {
  test('accepts what is right, and reports what it compared', () => {
    const report = checkGradients((x, y) => mul(softplus(x), y), [vector(-1, 0.5, 2), vector(3)], { order: 2 });
    expect([report.compared, report.worst!.error < 1e-6]).toEqual([8, true]);
    expect(checkGradients(() => number(1), [], { order: 2 })).toEqual({ compared: 0, worst: null });
  });

  test('names the worst element of a wrong gradient', () => {
    const wrong = customGradient((x: Tensor) => mul(x, x), (g, _y, x) => [mul(g, mul(x, tensor([[2, 2, 2], [2, 5, 2]], undefined, 'float64')))]);
    const at = tensor([[1, 2, 3], [4, 5, 6]], undefined, 'float64') as Tensor;
    expect(() => checkGradients((_, x) => wrong(x), [number(1), at])).toThrow(/^checkGradients: gradient of argument 1 at \[1,1\] must be .* \(numeric\), got .* \(analytic\); the worst of 7$/);
  });

  test('finds a second gradient that is wrong where the first is right', () => {
    const detached = customGradient((x: Tensor) => mul(x, x), (g, _y, x) => [mul(g, stopGradient(mul(x, 2)))]);
    checkGradients((x) => detached(x), [vector(1, 2)]);
    expect(() => checkGradients((x) => detached(x), [vector(1, 2)], { order: 2 })).toThrow('checkGradients: second gradient of argument 0 at');
  });

  test('finds a gradient that is NaN', () => {
    const broken = customGradient((x: Tensor) => mul(x, x), (g) => [mul(g, NaN)]);
    expect(() => checkGradients((x) => broken(x), [vector(1, 2)])).toThrow('got NaN (analytic)');
  });

  test('refuses other dtypes', () => {
    expect(() => checkGradients((x) => x, [tensor([1]) as Tensor])).toThrowErrorMatchingInlineSnapshot(`[DTypeError: checkGradients: argument 0 must be a float64 tensor]`);
  });
});
