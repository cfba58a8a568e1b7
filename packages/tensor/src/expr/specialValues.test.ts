import { afterEach, describe, expect, it, test } from 'vitest';
import type { DType } from '../array/dtype.ts';
import { tensor, type Tensor } from '../index.ts';
import { castNode } from '../nodes/cast.ts';
import { mapNode } from '../nodes/map.ts';
import { oracle, specialCases, specialNumbers } from '../oracle/index.ts';
import * as e from './build.ts';
import { arg, literal, operation } from './expr.ts';
import { forbidCompilation } from './loop.ts';

afterEach(() => forbidCompilation(false));

function expectAlike(actual: Tensor, expected: { readonly data: ArrayLike<number> }, key: string): void {
  actual.data.forEach((value, i) => {
    const right = actual.dtype === 'float32' ? Math.fround(expected.data[i]!) : expected.data[i]!;
    if (Object.is(value, right)) return;
    // Subnormal numbers may round to 0.
    const [unit, least] = actual.dtype === 'float32' ? [2 ** -21, 2 ** -149] : [2 ** -48, 2 ** -1022];
    const close =
      Number.isFinite(value) && Math.abs(value - right) <= unit * Math.abs(right) + (right === 0 ? 0 : least);
    if (!close) expect.fail(`${key}, element ${i}: ${value}, not ${right}`);
  });
}

describe.each(['float32', 'float64', 'int32'] as const)('operations on special values in %s', (dtype) => {
  it.each(specialCases(dtype))('%s: loops, closures and the oracle agree', (key, expr, args) => {
    const printed = mapNode(expr, args);
    forbidCompilation(true);
    expect(mapNode(expr, args).data).toEqual(printed.data);
    expectAlike(printed, oracle((...x: Tensor[]) => mapNode(expr, x))(...args), key);
  });

  it.each(['float32', 'float64', 'int32', 'uint8', 'bool'] as const)('casts to %s agree', (to: DType) => {
    const x = specialNumbers(dtype);
    const printed = castNode(x, to);
    forbidCompilation(true);
    expect(castNode(x, to).data).toEqual(printed.data);
    expectAlike(printed, oracle((t: Tensor) => castNode(t, to))(x), `cast to ${to}`);
  });
});

test.each([
  [1, NaN],
  [1, Infinity],
  [1, -Infinity],
  [-1, Infinity],
  [-1, -Infinity],
  [NaN, 0],
])('%d to the power %d is 1, as in IEEE 754', (base, exponent) => {
  expect(mapNode(operation('pow', [arg(0), arg(1)]), [tensor([base]), tensor([exponent])]).item()).toBe(1);
  expect(e.pow(base, exponent)).toEqual(literal(1));
});
