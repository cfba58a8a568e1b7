import { mul, softplus, tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { checkGradients } from './checkGradients.ts';
import { customGradient } from './customGradient.ts';
import { stopGradient } from './stopGradient.ts';

const number = (value: number): Tensor => tensor(value, [], 'float64');
const vector = (...values: number[]): Tensor => tensor(values, undefined, 'float64');

describe('checkGradients', () => {
  test('accepts right gradients, and reports what it compared', () => {
    const report = checkGradients((x, y) => mul(softplus(x), y), [vector(-1, 0.5, 2), vector(3)], { order: 2 });
    expect([report.compared, report.worst!.error < 1e-6]).toEqual([8, true]);
    expect(checkGradients(() => number(1), [], { order: 2 })).toEqual({ compared: 0, worst: null });
  });

  test('names the worst element of a wrong gradient', () => {
    const wrong = customGradient(
      (x: Tensor) => mul(x, x),
      (g, _y, x) => [
        mul(
          g,
          mul(
            x,
            tensor(
              [
                [2, 2, 2],
                [2, 5, 2],
              ],
              undefined,
              'float64',
            ),
          ),
        ),
      ],
    );
    const at = tensor(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      undefined,
      'float64',
    ) as Tensor;
    expect(() => checkGradients((_, x) => wrong(x), [number(1), at])).toThrow(
      /^checkGradients: gradient of argument 1 at \[1,1\] must be .* \(numeric\), got .* \(analytic\); the worst of 7$/,
    );
  });

  test('finds a second gradient that is wrong where the first is right', () => {
    const detached = customGradient(
      (x: Tensor) => mul(x, x),
      (g, _y, x) => [mul(g, stopGradient(mul(x, 2)))],
    );
    checkGradients((x) => detached(x), [vector(1, 2)]);
    expect(() => checkGradients((x) => detached(x), [vector(1, 2)], { order: 2 })).toThrow(
      'checkGradients: second gradient of argument 0 at',
    );
  });

  test('finds a gradient that is NaN', () => {
    const broken = customGradient(
      (x: Tensor) => mul(x, x),
      (g) => [mul(g, NaN)],
    );
    expect(() => checkGradients((x) => broken(x), [vector(1, 2)])).toThrow('got NaN (analytic)');
  });

  test('refuses other dtypes', () => {
    expect(() => checkGradients((x) => x, [tensor([1]) as Tensor])).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: checkGradients: argument 0 must be a float64 tensor]`,
    );
  });
});
