import {
  add,
  cast,
  exp,
  greater,
  map,
  mul,
  neg,
  scan,
  sigmoid,
  softplus,
  square,
  sub,
  sum,
  tensor,
  type Tensor,
  where,
  zeros,
} from '@chainrule/tensor';
import { castExpr, type Graph, literal, mapNode } from '@chainrule/tensor/graph';
import { describe, expect, test } from 'vitest';
import { compile } from '../compile/compile.ts';

type Fn = (...args: Tensor[]) => unknown;

function graphOf(fn: Fn, ...args: Tensor[]): Graph {
  const f = compile(fn);
  f(...args);
  return f.programs()[0]!.program.graph;
}

const kinds = (fn: Fn, ...args: Tensor[]): string[] =>
  graphOf(fn, ...args)
    .nodes.map((n) => n.kind)
    .filter((k) => k !== 'input' && k !== 'constant');
const values = (fn: Fn, ...args: Tensor[]): unknown => {
  const [fused, plain] = [{}, { fuse: false }].map((options) => compile(fn, options)(...args) as Tensor);
  expect(Array.from(fused!.data)).toEqual(Array.from(plain!.data));
  expect([fused!.dtype, fused!.shape]).toEqual([plain!.dtype, plain!.shape]);
  return fused!.toArray();
};

const x = tensor([
  [1, 2, 3],
  [4, 5, 6],
]) as Tensor;
const row = tensor([0.1, 0.2, 0.3]) as Tensor;

describe('fuse', () => {
  test('makes one node of a chain', () => {
    expect(kinds((v) => exp(neg(add(mul(v, 2), 1))), x)).toEqual(['map']);
    expect(kinds((v, r) => sub(mul(sigmoid(v), r), softplus(neg(v))), x, row)).toEqual(['map']);
    values((v, r) => sub(mul(sigmoid(v), r), softplus(neg(v))), x, row);
  });

  test('joins on both sides of other nodes, not across them', () => {
    expect(kinds((v) => exp(add(sum(exp(neg(v))), 1)), x)).toEqual(['map', 'reduce', 'map']);
  });

  test('does not compute a value of two readers twice', () => {
    expect(
      kinds((v) => {
        const y = exp(v);
        return [sum(add(y, 1)), sum(mul(y, 2))];
      }, x),
    ).toEqual(['map', 'map', 'reduce', 'map', 'reduce']);
  });

  test('keeps a node that is also a result', () => {
    const f = (v?: Tensor): Tensor[] => {
      const y = exp(v!);
      return [y, add(y, 1), y];
    };
    expect(graphOf(f, x).nodes.map((n) => (n.kind === 'map' ? n.attrs.expr.key : n.kind))).toEqual([
      'input',
      'exp($0)',
      'add($0,1)',
    ]);
    expect(compile(f)(x).map((t) => t.toArray())).toEqual(f(x).map((t) => t.toArray()));
  });

  test('does not repeat a small value for each element that it is broadcast to', () => {
    expect(kinds((v, r) => add(v, exp(r)), x, row)).toEqual(['map', 'map']);
    expect(kinds((v, r) => add(exp(v), r), x, row)).toEqual(['map']);
  });

  test('joins a value that one reader uses several times', () => {
    expect(kinds((v) => square(exp(v)), x)).toEqual(['map']);
    expect(
      kinds((v) => {
        const y = add(v, 1);
        return mul(y, y);
      }, x),
    ).toEqual(['map']);
  });

  test('bounds the size of expressions, where each step uses the last twice', () => {
    const f = (v?: Tensor): Tensor => {
      let y = v!;
      for (let i = 0; i < 200; i++) y = sub(mul(y, y), 0.3);
      return y;
    };
    const graph = graphOf(f, row);
    const longest = Math.max(...graph.nodes.map((n) => (n.kind === 'map' ? n.attrs.expr.key.length : 0)));
    expect(longest).toBeLessThan(20000);
    values(f, row);
  });

  test('takes casts in, rounding as they do', () => {
    const wide = tensor([0.1, 1e300, -1e-300, 16777217], undefined, 'float64') as Tensor;
    const there = (v?: Tensor): Tensor => mul(cast(cast(v!, 'float32'), 'float64'), 3);
    expect(kinds(there, wide)).toEqual(['map']);
    expect(values(there, wide)).toEqual([Math.fround(0.1) * 3, Infinity, -0, 16777216 * 3]);
    const integers = (v?: Tensor): Tensor => add(cast(cast(mul(v!, 2.5), 'int32'), 'float64'), 0.5);
    expect(kinds(integers, wide)).toEqual(['map']);
    expect(values(integers, tensor([1.5, -1.5, NaN], undefined, 'float64') as Tensor)).toEqual([3.5, -2.5, 0.5]);
    expect(values((v) => cast(cast(mul(v, 100), 'uint8'), 'float32'), tensor([1, 2.567, 3, -1]) as Tensor)).toEqual([
      100, 0, 44, 156,
    ]);
    expect(values((v) => cast(cast(sub(v, 1), 'bool'), 'float32'), tensor([1, 2, -1]) as Tensor)).toEqual([0, 1, 1]);
  });

  test('rounds float32 after every operation', () => {
    const tenth = Math.fround(0.1);
    expect(values((v) => add(mul(v, 0.1), 1), tensor([0.1]) as Tensor)).toEqual([
      Math.fround(Math.fround(tenth * tenth) + 1),
    ]);
  });

  test('wraps int32 after every operation', () => {
    const big = tensor([2147483647, -2147483648, 65536], undefined, 'int32') as Tensor;
    expect(kinds((v) => add(mul(v, v), v), big)).toEqual(['map']);
    const wrapped = [2147483647, -2147483648, 65536].map((v) => (Math.imul((v + 1) | 0, v) + 1) | 0);
    expect(values((v) => add(mul(add(v, 1), v), 1), big)).toEqual(wrapped);
  });

  test('gives conditions to selections', () => {
    const f = (v?: Tensor): Tensor => where(greater(mul(v!, 2), 5), exp(v!), neg(v!));
    expect(kinds(f, x)).toEqual(['map']);
    values(f, x);
  });

  test('keeps the dtype of a constant expression', () => {
    const f = (v?: Tensor): Tensor => cast(mapNode(castExpr(literal(0.1), 'float32'), [v!]), 'float64');
    expect(values(f, tensor([1, 2]) as Tensor)).toEqual([Math.fround(0.1), Math.fround(0.1)]);
    expect(
      values(
        (v) => map((a, b) => ({ ...a, ...b }), [mapNode(castExpr(literal(0.1), 'float32'), [v]), v]),
        tensor([7]) as Tensor,
      ),
    ).toEqual([7]);
  });

  test('works inside the bodies of scans', () => {
    const graph = graphOf(
      (v) =>
        scan((c: Tensor, r: Tensor) => [add(exp(neg(c)), mul(r, 2)), exp(neg(r))] as const, zeros([3]) as Tensor, v),
      x,
    );
    const { body } = graph.nodes.find((n) => n.kind === 'scan')!.attrs;
    expect(body.nodes.map((n) => n.kind).filter((k) => k !== 'input')).toEqual(['map', 'map']);
  });

  test('leaves the inputs of a program in place, used or not', () => {
    const f = compile((a: Tensor, _unused: Tensor, b: Tensor) => sub(neg(a), exp(b)));
    expect(f(tensor([1]), tensor([2]), tensor([0])).item()).toBe(-2);
    expect(f.programs()[0]!.program.graph.inputs.length).toBe(3);
  });
});
