import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensor } from '../ops/creation/creation.ts';
import type { DType } from '../array/dtype.ts';
import { type Tensor } from '../array/tensor.ts';
import * as e from '../expr/build.ts';
import { arg, type Expr, operation } from '../expr/expr.ts';
import type { BinaryOp, UnaryOp } from '../expr/scalar.ts';
import { expectAgreement, expectSame } from '../oracle/agreement.ts';
import { broadcastable, tensors } from '../oracle/arbitraries.ts';
import { oracle } from '../oracle/index.ts';
import { map, mapNode } from './map.ts';

const delicate = [
  NaN,
  Infinity,
  -Infinity,
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  1.5,
  -1.5,
  2.5,
  -2.5,
  0.1,
  -0.7,
  3,
  1e-45,
  -1e-45,
  3.4e38,
  -3.4e38,
  1e10,
  88,
  -104,
];
const extremes = [-(2 ** 31), 2 ** 31 - 1, -(2 ** 31) + 1, 46341, 65537, -65537, 7, -7, 2, 1, -1, 0];
const unaries: readonly UnaryOp[] = [
  'neg',
  'abs',
  'sign',
  'floor',
  'ceil',
  'round',
  'exp',
  'log',
  'log1p',
  'expm1',
  'sqrt',
  'sin',
  'cos',
  'asin',
  'acos',
  'atan',
  'tanh',
  'sigmoid',
  'erf',
];
const binaries: readonly BinaryOp[] = ['add', 'sub', 'mul', 'div', 'pow', 'mod', 'max', 'min', 'eq', 'lt', 'le'];
const onIntegers: readonly (UnaryOp | BinaryOp)[] = [
  'neg',
  'abs',
  'sign',
  'floor',
  'ceil',
  'round',
  'add',
  'sub',
  'mul',
  'mod',
  'max',
  'min',
  'eq',
  'lt',
  'le',
];

/** All pairs of `values`. */
function pairs(values: readonly number[], dtype: DType): [Tensor, Tensor] {
  return [tensor([...values], [values.length, 1], dtype), tensor([...values], [1, values.length], dtype)];
}

function apply(op: UnaryOp | BinaryOp, x: Tensor, y: Tensor): Tensor {
  return (unaries as readonly string[]).includes(op)
    ? mapNode(operation(op, [arg(0)]), [x])
    : mapNode(operation(op, [arg(0), arg(1)]), [x, y]);
}

describe('map', () => {
  const mixed = (x: Expr, y: Expr, z: Expr): Expr =>
    e.add(e.mul(x, e.sub(y, 0.25)), e.select(e.lt(x, y), e.max(z, x), e.neg(z)));

  it('broadcasts as the oracle does', () => {
    const inputs = broadcastable(3).chain((shapes) => fc.tuple(...shapes.map((s) => tensors(s))));
    fc.assert(fc.property(inputs, (args) => expectAgreement((...x) => map(mixed, x), args, { least: 16 })));
  });

  it('wraps int32 as the oracle does', () => {
    const inputs = broadcastable(2).chain((shapes) => fc.tuple(...shapes.map((s) => tensors(s, 'int32'))));
    fc.assert(
      fc.property(inputs, (args) =>
        expectSame((...x) => map((a, b) => e.sub(e.mul(a, b), e.add(a, e.mod(b, 7))), x), args),
      ),
    );
  });

  it('combines bool as the oracle does', () => {
    const inputs = broadcastable(2).chain((shapes) => fc.tuple(...shapes.map((s) => tensors(s, 'bool'))));
    fc.assert(
      fc.property(inputs, (args) => expectSame((...x) => map((a, b) => e.or(e.and(a, e.not(b)), e.eq(a, b)), x), args)),
    );
  });

  it.each([...unaries, ...binaries])('rounds %s to float32 once, NaN, infinities and zeros included', (op) => {
    const [x, y] = pairs(delicate, 'float32');
    const actual = apply(op, x, y);
    const expected = oracle((a: Tensor, b: Tensor) => apply(op, a, b))(x, y);
    const isLoose = op === 'sigmoid' || op === 'erf';
    const signless = op === 'max' || op === 'min';
    actual.data.forEach((value, i) => {
      const exact = Math.fround(expected.data[i]!);
      if (isLoose) expect(Math.abs(value - exact) <= 2 ** -23 * Math.abs(exact) || Object.is(value, exact)).toBe(true);
      else if (signless) expect(value + 0).toBe(exact + 0);
      else expect(value).toBe(exact);
    });
  });

  it.each([...unaries, ...binaries])('computes %s in float64', (op) => {
    const [x, y] = pairs(delicate, 'float64');
    expectSame((a, b) => apply(op, a, b), [x, y]);
  });

  it.each(onIntegers)('computes %s of the extremes of int32, which wraps', (op) => {
    const [x, y] = pairs(extremes, 'int32');
    expectSame((a, b) => apply(op, a, b), [x, y]);
  });

  it('rounds a literal to the dtype that it meets', () => {
    const x = tensor([3]);
    expect(map((v) => e.mul(v, 0.1), [x]).item()).toBe(Math.fround(3 * Math.fround(0.1)));
    expect(map((v) => e.lt(v, 0.1), [tensor([0.1])]).item()).toBe(0);
  });

  it('rounds every operation, not just the last', () => {
    const x = tensor([16777216]);
    expect(map((v) => e.sub(e.add(v, 1), v), [x]).item()).toBe(0);
  });

  it('takes a number for an operand', () => {
    expect(map(e.sub, [10, tensor([1, 2])]).toArray()).toEqual([9, 8]);
  });

  it('keeps the dtype of its input where the expression is a number', () => {
    const ones = map(() => e.cast(1, 'int32'), [tensor([[1, 2]])]);
    expect([ones.dtype, ones.toArray()]).toEqual(['int32', [[1, 1]]]);
  });

  it('selects by a bool that broadcasts', () => {
    const condition = tensor([[true], [false]], undefined, 'bool');
    expect(map(e.select, [condition, tensor([1, 2]), 0]).toArray()).toEqual([
      [1, 2],
      [0, 0],
    ]);
  });

  it('refuses arguments that do not fit', () => {
    const [x, i, b, u] = [
      tensor([1, 2]),
      tensor([1, 2], [2], 'int32'),
      tensor([true, true], [2], 'bool'),
      tensor([1, 2], [2], 'uint8'),
    ];
    expect(() => map(e.add, [x, tensor([1, 2, 3])])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: cannot broadcast [2] with [3]]`,
    );
    expect(() => map(e.add, [x, i])).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: node: expects one dtype, got float32 and int32; convert one with \`cast\`]`,
    );
    expect(() => map(e.add, [b, b])).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: node: expects a numeric dtype, got bool; convert it with \`cast\`]`,
    );
    expect(() => map(e.and, [x, x])).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: node: expects bool, got float32; convert it with \`cast\`]`,
    );
    expect(() => map((v) => e.exp(v), [i])).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: node: expects float32 or float64, got int32; convert it with \`cast\`]`,
    );
    expect(() => map((v) => e.neg(v), [u])).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: node: uint8 is for storage; convert it with \`cast\` first]`,
    );
    expect(() => map(e.add, [i, 0.5])).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: node: expects numbers that int32 can hold, got 0.5; convert the tensor with \`cast\`]`,
    );
    for (const number of [2 ** 31, -(2 ** 31) - 1, 3e9, Infinity, NaN])
      expect(() => map(e.min, [i, number])).toThrow(`node: expects numbers that int32 can hold, got ${number}`);
    expect(() => map((v) => e.add(v, e.select(e.lt(v, 0), 1, 2 ** 40)), [i])).toThrow('got 1099511627776');
    expect(map(e.max, [i, -(2 ** 31)]).dtype).toBe('int32');
    expect(() => map(e.add, [1, 2])).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: node: expects at least one tensor, got 1 and 2]`,
    );
    expect(() => map(e.add, [x, [1, 2] as unknown as Tensor])).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: node: expects tensors, got [1,2]]`,
    );
  });
});
