import {
  add,
  broadcastTo,
  exp,
  Generator,
  matmul,
  mul,
  neg,
  ones,
  pad,
  randomUniform,
  reshape,
  scan,
  slice,
  softmax,
  softplus,
  sub,
  sum,
  tensor,
  type Tensor,
  transpose,
  Variable,
  zeros,
} from '@chainrule/tensor';
import type { Graph } from '@chainrule/tensor/graph';
import { describe, expect, test } from 'vitest';
import { compile } from '../compile/compile.ts';

/** The kinds of nodes that are left of a function, leaves aside, in order; and its result. */
function simplified<A extends Tensor[]>(
  fn: (...args: A) => unknown,
  ...args: A
): { kinds: string[]; graph: Graph; result: unknown } {
  const f = compile(fn, { fuse: false });
  const result = f(...args);
  const { graph } = f.programs()[0]!.program;
  const leaves = ['input', 'variable', 'constant'];
  return {
    graph,
    result,
    kinds: graph.nodes
      .map((node) => (node.kind === 'view' ? node.attrs.view : node.kind))
      .filter((k) => !leaves.includes(k)),
  };
}

const x = tensor([
  [1, 2, 3],
  [4, 5, 6],
]) as Tensor;

describe('simplify', () => {
  test('computes what depends on constants alone', () => {
    const { kinds, graph, result } = simplified((v) => mul(v, sum(exp(add(tensor([1, 2]), tensor([3, 4]))))), x);
    expect(kinds).toEqual(['map']);
    expect(graph.nodes.filter((node) => node.kind === 'constant').length).toBe(1);
    expect(result).toEqual(mul(x, sum(exp(tensor([4, 6])))));
  });

  test('keeps large broadcasts of constants as computations', () => {
    expect(simplified((v) => add(sum(v), broadcastTo(tensor(1), [100, 100])), x).kinds).toContain('broadcast');
  });

  test('merges equal nodes', () => {
    expect(simplified((v) => add(exp(neg(v)), exp(neg(v))), x).kinds).toEqual(['map', 'map', 'map']);
    expect(simplified((v) => [sum(v, { axis: 0 }), sum(v, { axis: 0 }), sum(v, { axis: 1 })], x).kinds).toEqual([
      'reduce',
      'reduce',
    ]);
    expect(simplified((v) => add(add(v, tensor([1, 2, 3])), add(v, tensor([1, 2, 3]))), x).kinds).toEqual([
      'map',
      'map',
    ]);
  });

  test('merges equal loops', () => {
    const total = (v: Tensor): Tensor =>
      scan((c: Tensor, row: Tensor) => [add(c, row), exp(c)] as const, zeros([3]) as Tensor, v)[0];
    expect(simplified((v) => sub(total(v), total(v)), x).kinds).toEqual(['scan', 'map']);
  });

  test('tells apart nodes that differ in a number alone, infinite and signed zeros among them', () => {
    const { result, kinds } = simplified(
      (v) => [Infinity, -Infinity, NaN, 0].map((border) => pad(v, [[1, 0]], border)),
      tensor([1]),
    );
    expect((result as Tensor[]).map((t) => t.data[0])).toEqual([Infinity, -Infinity, NaN, 0]);
    expect(kinds.length).toBe(4);
    expect(
      (simplified((v) => [0, -0].map((zero) => mul(v, zero)), tensor([1])).result as Tensor[]).map((t) => t.item()),
    ).toEqual([0, -0]);
    expect(
      (simplified((v) => [add(v, tensor(0.1)), add(v, tensor(0.2))], tensor([1])).result as Tensor[]).map((t) =>
        t.toArray(),
      ),
    ).toEqual([0.1, 0.2].map((c) => add(tensor([1]), c).toArray()));
  });

  test('tells apart draws, variables and reads around an assignment', () => {
    const rng = new Generator(1);
    const [v, w] = [new Variable(tensor([1])), new Variable(tensor([1]))];
    const f = compile(() => {
      const before = exp(v.value);
      v.assign(mul(v.value, 2));
      return [
        sub(randomUniform(rng, [1]), randomUniform(rng, [1])),
        sub(exp(v.value), before),
        sub(exp(w.value), before),
      ];
    });
    const results = f().map((t) => t.item());
    expect(results.map((r) => r === 0)).toEqual([false, false, true]);
  });

  test('drops what nothing needs', () => {
    expect(
      simplified((v) => {
        exp(matmul(v as never, transpose(v) as never));
        return neg(v);
      }, x).kinds,
    ).toEqual(['map']);
  });

  test('drops stacked outputs of a scan that nothing reads, and the work behind them', () => {
    const f = (v: Tensor): readonly [Tensor, readonly Tensor[]] =>
      scan(
        (c: Tensor, row: Tensor) =>
          [add(c, row), [exp(matmul(reshape(row, [1, 3]), ones([3, 3]))), neg(row)] as readonly Tensor[]] as const,
        zeros([3]) as Tensor,
        v,
      );
    const loop = ({ graph }: { graph: Graph }): number[] => {
      const node = graph.nodes.find((n) => n.kind === 'scan')!;
      return [node.outputs.length, node.attrs.body.nodes.filter((n) => n.kind !== 'input').length];
    };
    expect(loop(simplified((v) => f(v)[0], x))).toEqual([1, 1]);
    expect(loop(simplified((v) => [f(v)[0], f(v)[1][1]!], x))).toEqual([2, 2]);
    expect(loop(simplified((v) => f(v), x))).toEqual([3, 5]);
  });

  test('lets a product read transposes, on either side, twice and in batches', () => {
    const square = tensor([
      [1, 2],
      [3, 4],
    ]) as Tensor;
    const t = (v: Tensor): Tensor => transpose(v);
    const product = (a: Tensor, b: Tensor, o?: object): Tensor => matmul(a as never, b as never, o);
    expect(simplified((a, b) => product(t(a), b), square, square).kinds).toEqual(['matmul']);
    const both = simplified(
      (a, b) => product(t(a), t(b), { transposeA: true }),
      square,
      tensor([
        [5, 6],
        [7, 8],
      ]) as Tensor,
    );
    expect([both.kinds, (both.result as Tensor).toArray()]).toEqual([
      ['matmul'],
      [
        [17, 23],
        [39, 53],
      ],
    ]);
    expect(simplified((a) => product(t(t(a)), t(a)), square).kinds).toEqual(['matmul']);
    const batches = simplified((a) => product(transpose(a, [0, 2, 1]), a), ones([4, 2, 3]) as Tensor);
    expect(batches.kinds).toEqual(['matmul']);
    expect(simplified((a) => product(transpose(a, [1, 0, 2]), a), ones([3, 3, 3]) as Tensor).kinds).toEqual([
      'transpose',
      'matmul',
    ]);
  });

  test('joins reshapes, and transposes, and drops those that change nothing', () => {
    expect(simplified((v) => neg(reshape(reshape(reshape(v, [6]), [3, 2]), [1, 6])), x).kinds).toEqual([
      'reshape',
      'map',
    ]);
    expect(simplified((v) => neg(reshape(reshape(v, [6]), [2, 3])), x).kinds).toEqual(['map']);
    expect(simplified((v) => neg(transpose(transpose(v))), x).kinds).toEqual(['map']);
    const turned = simplified((v) => transpose(transpose(v, [1, 2, 0]), [0, 2, 1]), reshape(x, [1, 2, 3]) as Tensor);
    expect([turned.kinds, (turned.result as Tensor).toArray()]).toEqual([
      ['transpose'],
      transpose(transpose(reshape(x, [1, 2, 3]), [1, 2, 0]), [0, 2, 1]).toArray(),
    ]);
    expect(simplified((v) => slice(slice(v, [0, 0], [2, 2]), [1, 0], [1, 1]), x).result).toEqual(tensor([[4]]));
  });

  test('inlines ops with a pullback of their own, each time with values of its own', () => {
    const { kinds, result } = simplified((v) => [softmax(v), softmax(add(v, 1)), softplus(v)], x);
    expect(kinds).not.toContain('custom');
    expect((result as Tensor[]).map((t) => t.toArray())).toEqual(
      [softmax(x), softmax(add(x, 1)), softplus(x)].map((t) => t.toArray()),
    );
  });

  test('works inside the bodies of scans', () => {
    const { graph } = simplified(
      (v) =>
        scan(
          (c: Tensor, row: Tensor) => {
            exp(exp(row)); // dead
            return [add(add(exp(c), exp(c)), softplus(row)), c] as const;
          },
          zeros([3]) as Tensor,
          v,
        )[0],
      x,
    );
    const { body } = graph.nodes.find((n) => n.kind === 'scan')!.attrs;
    expect(body.nodes.map((n) => n.kind).filter((k) => k !== 'input')).toEqual(['map', 'map', 'map', 'map']);
  });

  test('leaves errors of kernels to the run', () => {
    const f = compile((v: Tensor) => reshape(v, [3, 2]));
    expect(() => f(zeros([7]))).toThrow('reshape: [7] has 7 elements, [3,2] has 6');
  });
});
