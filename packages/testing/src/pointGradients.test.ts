import { grad } from '@chainrule/autograd';
import {
  celu,
  clip,
  cosh,
  elu,
  gelu,
  hardSigmoid,
  hardSwish,
  heaviside,
  log1p,
  logSigmoid,
  logSumExp,
  mish,
  norm,
  prelu,
  relu6,
  selu,
  silu,
  sinh,
  softsign,
  std,
  sum,
  tensor,
  type Tensor,
  variance,
} from '@chainrule/tensor';
import { describe, expect, it } from 'vitest';

type Fn = (x: Tensor) => Tensor;

/** The gradient of the sum of `fn`, to an order, at points. */
function slopes(fn: unknown, points: readonly number[], dtype: 'float32' | 'float64', order = 1): unknown {
  let f = fn as Fn;
  for (let k = 0; k < order; k++) {
    const inner = f;
    f = (x) => grad((v: Tensor) => sum(inner(v)))(x);
  }
  return f(tensor([...points], [points.length], dtype)).toArray();
}

describe.each(['float32', 'float64'] as const)('the gradient in %s', (dtype) => {
  it.each<[string, unknown, number, number]>([
    ['elu', elu, 0, 1],
    ['celu', celu, 0, 1],
    ['silu', silu, -0, 1],
    ['mish', mish, -0, 1],
    ['gelu', gelu, -0, 1],
    ['logSigmoid', logSigmoid, 1, 0],
    ['softsign', softsign, 1 / 1001 ** 2, 1 / 1001 ** 2],
    ['hardSigmoid', hardSigmoid, 0, 0],
    ['hardSwish', hardSwish, 0, 1],
    ['relu6', relu6, 0, 0],
    ['heaviside', heaviside, 0, 0],
    ['sinh', sinh, Infinity, Infinity],
    ['cosh', cosh, -Infinity, Infinity],
  ])('of %s holds far out', (_, fn, left, right) => {
    const found = slopes(fn, [-1000, 1000], dtype) as number[];
    [left, right].forEach((value, i) =>
      Number.isFinite(value) ? expect(found[i]).toBeCloseTo(value, 9) : expect(found[i]).toBe(value),
    );
  });

  it('at kinks and joints is that which the docstrings state', () => {
    expect(slopes(relu6, [0, 6], dtype)).toEqual([0, 0]);
    expect(slopes(elu, [0], dtype)).toEqual([1]);
    expect(slopes((x: Tensor) => elu(x, { alpha: 0.5 }), [0], dtype)).toEqual([0.5]);
    expect(slopes((x: Tensor) => celu(x, { alpha: 0.5 }), [0], dtype)).toEqual([1]);
    expect(slopes((x: Tensor) => prelu(x, tensor([0.25], [1], dtype) as never), [0], dtype)).toEqual([0.25]);
    expect((slopes(selu, [0], dtype) as number[])[0]).toBeCloseTo(1.0507009873554805 * 1.6732632423543772, 6);
    expect(slopes((x: Tensor) => clip(x, { min: -1, max: 2 }), [-1.5, -1, 0, 2, 2.5], dtype)).toEqual([0, 1, 1, 1, 0]);
    expect(slopes(hardSigmoid, [-3, 3], dtype)).toEqual([0, 0]);
    expect(slopes(hardSwish, [-3, 3], dtype)).toEqual([0, 1]);
    expect(slopes(softsign, [0], dtype)).toEqual([1]);
  });

  it('and its gradient at 0 are right where kinks of the lowering cancel', () => {
    expect(slopes(logSigmoid, [0], dtype)).toEqual([0.5]);
    expect(slopes(logSigmoid, [0], dtype, 2)).toEqual([-0.25]);
    // tanh(ln 2) = 3/5; the second derivative is 2 · (1 − 9/25) / 2
    expect((slopes(mish, [0], dtype) as number[])[0]).toBeCloseTo(0.6, 6);
    expect((slopes(mish, [0], dtype, 2) as number[])[0]).toBeCloseTo(0.64, 6);
    expect(slopes(sinh, [0], dtype, 3)).toEqual([1]);
    expect(slopes(cosh, [0], dtype, 2)).toEqual([1]);
    expect(slopes(log1p, [0], dtype, 2)).toEqual([-1]);
  });

  it('of deviations and norms is 0 where they are 0, to the second order', () => {
    for (const fn of [
      std,
      norm,
      variance,
      (x: Tensor) => norm(x, { ord: 1 }),
      (x: Tensor) => std(x, { correction: 1 }),
    ]) {
      expect(slopes(fn, [0, 0, 0], dtype)).toEqual([0, 0, 0]);
    }
    for (const fn of [std, norm]) expect(slopes(fn, [0, 0], dtype, 2)).toEqual([0, 0]);
    expect(slopes((x: Tensor) => norm(x, { ord: 'inf' }), [2, 2, 1], dtype)).toEqual([1, 0, 0]);
  });

  it('of the norm neither overflows nor vanishes', () => {
    const found = slopes(norm, [3e30, 4e30], dtype) as number[];
    expect([found[0], found[1]].map((v) => Math.round(v! * 1e6))).toEqual([600000, 800000]);
  });

  it('of logSumExp is the softmax, and 0 in rows of −∞', () => {
    expect(slopes(logSumExp, [-Infinity, -Infinity], dtype)).toEqual([0, 0]);
    expect(slopes(logSumExp, [-Infinity, 3], dtype)).toEqual([0, 1]);
    expect(slopes(logSumExp, [1000, 1000, -1000], dtype)).toEqual([0.5, 0.5, 0]);
    expect(slopes(logSumExp, [-Infinity, -Infinity], dtype, 2)).toEqual([0, 0]);
  });
});
