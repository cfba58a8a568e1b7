import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { allocate, type DType } from '../array/dtype.ts';
import { Tensor } from '../array/tensor.ts';
import { castNode } from '../nodes/cast.ts';
import { mapNode } from '../nodes/map.ts';
import { broadcastable, tensors } from '../oracle/arbitraries.ts';
import { oracle } from '../oracle/index.ts';
import * as e from './build.ts';
import { arg, castExpr, type Expr, literal, operation } from './expr.ts';
import type { ScalarOp } from './scalar.ts';
import { forbidCompilation } from './loop.ts';

const unaries: readonly ScalarOp[] = [
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
];
const literals = [0, -0, 1, -1, 0.1, -2.5, 1e-3, 16777217, 1 / 3, Infinity, -Infinity, NaN];

/** Random expressions of two arguments of `dtype`, with casts, comparisons and shared parts. */
function expressions(dtype: 'float32' | 'float64' | 'int32'): fc.Arbitrary<Expr> {
  const isInteger = dtype === 'int32';
  const numbers = isInteger ? literals.filter(Number.isInteger).map((x) => x + 0) : literals;
  const unary = isInteger ? unaries.slice(0, 6) : unaries;
  const binary: readonly ScalarOp[] = isInteger
    ? ['add', 'sub', 'mul', 'mod', 'max', 'min']
    : ['add', 'sub', 'mul', 'div', 'pow', 'mod', 'max', 'min'];
  const other: DType = isInteger ? 'float32' : 'int32';
  const { value } = fc.letrec<{ value: Expr; condition: Expr }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.nat(1).map(arg),
      fc.constantFrom(...numbers).map(literal),
      fc.tuple(fc.constantFrom(...unary), tie('value')).map(([op, x]) => operation(op, [x])),
      fc.tuple(fc.constantFrom(...binary), tie('value'), tie('value')).map(([op, x, y]) => operation(op, [x, y])),
      fc.tuple(tie('condition'), tie('value'), tie('value')).map((args) => operation('select', args)),
      tie('value').map((x) => castExpr(castExpr(x, other), dtype)),
      tie('value').map((x) => operation('add', [x, x])),
      tie('condition').map((x) => castExpr(x, dtype)),
    ),
    condition: fc.oneof(
      { depthSize: 'small' },
      fc
        .tuple(fc.constantFrom<ScalarOp>('eq', 'lt', 'le'), tie('value'), tie('value'))
        .map(([op, x, y]) => operation(op, [x, y])),
      fc
        .tuple(fc.constantFrom<ScalarOp>('and', 'or'), tie('condition'), tie('condition'))
        .map(([op, x, y]) => operation(op, [x, y])),
      tie('condition').map((x) => operation('not', [x])),
    ),
  }));
  // Anchored, so that the expression has the dtype of the arguments.
  return value.map((x) => operation('add', [arg(0), x]));
}

const cases = (dtype: 'float32' | 'float64' | 'int32'): fc.Arbitrary<[Expr, Tensor[]]> =>
  fc.tuple(
    expressions(dtype),
    broadcastable(2, 3).chain((shapes) => fc.tuple(...shapes.map((s) => tensors(s, dtype)))),
  );

function filled(values: Float64Array): Tensor {
  return new Tensor([values.length], 'float64', values);
}

function withoutCompilation<R>(body: () => R): R {
  forbidCompilation(true);
  try {
    return body();
  } finally {
    forbidCompilation(false);
  }
}

describe('printed expressions', () => {
  afterEach(() => forbidCompilation(false));

  it.each(['float32', 'float64', 'int32'] as const)('agree with closures bit for bit in %s', (dtype) => {
    fc.assert(
      fc.property(cases(dtype), ([expr, args]) => {
        const printed = mapNode(expr, args).data;
        const closures = withoutCompilation(() => mapNode(expr, args).data);
        expect(printed).toEqual(closures);
      }),
      { numRuns: 400 },
    );
  });

  it.each(['float64', 'int32'] as const)('agree with the oracle exactly in %s', (dtype) => {
    fc.assert(
      fc.property(
        cases(dtype).filter(([expr]) => !expr.key.includes('float32')),
        ([expr, args]) => {
          const exact = oracle((...x: Tensor[]) => mapNode(expr, x))(...args).data;
          mapNode(expr, args).data.forEach((value, i) => expect(value + 0).toBe(exact[i]! + 0));
        },
      ),
      { numRuns: 400 },
    );
  });

  it.each(['float32', 'float64', 'int32', 'uint8', 'bool'] as const)('cast to %s as closures do', (to) => {
    const values = Float64Array.of(
      NaN,
      Infinity,
      -Infinity,
      -0,
      0.9,
      -0.9,
      -1.5,
      255.5,
      256,
      -1,
      2 ** 31,
      -(2 ** 31) - 1,
      2 ** 33 + 5,
      1e300,
      0.1,
    );
    const x = filled(values);
    const printed = castNode(x, to).data;
    expect(withoutCompilation(() => castNode(x, to).data)).toEqual(printed);
    expect(printed.constructor).toBe(allocate(to, 0).constructor);
  });

  it('compare literals with literals in float64, whatever the way', () => {
    const expr = e.cast(operation('eq', [operation('add', [literal(-1), literal(-1)]), literal(1)]), 'float64');
    const x = filled(Float64Array.of(0));
    expect(mapNode(e.add(arg(0), expr), [x]).item()).toBe(0);
    expect(withoutCompilation(() => mapNode(e.add(arg(0), expr), [x]).item())).toBe(0);
  });

  it('stay right if more loops are made than the cache holds', () => {
    const x = filled(Float64Array.of(1));
    for (let i = 0; i < 5000; i++) expect(mapNode(e.add(arg(0), i), [x]).item()).toBe(i + 1);
  });
});
