import { wasm } from '@chainrule/backend-wasm';
import { type Backend, compile } from '@chainrule/compiler';
import {
  add, broadcastTo, concat, cumsum, expandDims, flip, gather, matmul, max, maximum, mean, minimum, mul, pad, prod, relu, reshape, scan, sigmoid,
  sizeOf, slice, softmax, sub, sum, tanh, tensor, Tensor, transpose,
} from '@chainrule/tensor';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

/** One instruction: which op, where it takes its operands from, and a number for its options. */
type Step = readonly [op: number, a: number, b: number, option: number];

const most = 512;

/** Continuous functions whose values stay small, so that rounding is all that can differ. */
const ops: ((a: Tensor, b: Tensor, k: number) => Tensor | undefined)[] = [
  ...[tanh, sigmoid, relu].map((op) => (a: Tensor) => op(a)),
  (a, _, k) => add(mul(a, 0.5), k / 10),
  ...[add, sub, maximum, minimum].map((op) => (a: Tensor, b: Tensor) => (meets(a, b) ? tanh((op as (x: Tensor, y: Tensor) => Tensor)(a, b)) : undefined)),
  (a, b) => (meets(a, b) ? mul(a, b) : undefined),
  (a, _, k) => mean(a, { axis: axesOf(a, k), keepDims: k % 2 === 0 }),
  (a, _, k) => tanh(sum(a, { axis: axesOf(a, k) })),
  (a, _, k) => (a.size > 0 ? max(a, { axis: axesOf(a, k), keepDims: k % 3 === 0 }) : undefined),
  (a, _, k) => (a.rank > 0 ? tanh(prod(a, { axis: k % a.rank })) : undefined),
  (a) => (a.rank > 0 && a.size > 0 ? softmax(a) : undefined),
  (a, b) => (a.rank === 2 && b.rank === 2 && a.shape[1] === b.shape[0] ? tanh(matmul(a as never, b as never)) : undefined),
  (a, b) => (a.rank === 2 && b.rank === 2 && a.shape[1] === b.shape[1] ? tanh(matmul(a as never, transpose(b) as never)) : undefined),
  (a, _, k) => (a.rank > 1 ? transpose(a, k % 2 ? [...a.shape.keys()].reverse() : [...a.shape.keys()].map((i) => (i + 1) % a.rank)) : undefined),
  (a, _, k) => expandDims(a, k % (a.rank + 1)),
  (a, _, k) => reshape(a, [[-1], [1, a.size], [...a.shape].reverse()][k % 3]!),
  (a, _, k) => (a.rank > 0 ? flip(a, k % a.rank) : undefined),
  (a, _, k) => (a.rank > 0 ? slice(a, a.shape.map((n) => (n > 1 ? k % 2 : 0)), a.shape.map(() => -1), a.shape.map(() => 1 + (k % 3 ? 0 : 1))) : undefined),
  (a, _, k) => (a.rank > 0 ? pad(a, a.shape.map((_axis, i) => [i === 0 ? k % 2 : 0, 1] as const), 0.25) : undefined),
  (a, _, k) => broadcastTo(a, [1 + (k % 3), ...a.shape]),
  (a, b) => (a.rank > 0 && a.rank === b.rank && a.shape.slice(1).every((n, i) => n === b.shape[i + 1]) ? concat([a, b], 0) : undefined),
  (a, _, k) => (a.rank > 0 && a.shape[0]! > 0 ? gather(a, tensor([0, -1, k % a.shape[0]!], undefined, 'int32')) : undefined),
  (a, _, k) => (a.rank > 0 ? tanh(cumsum(a, k % a.rank)) : undefined),
  (a, b, k) => (a.rank > 0 && a.shape[0]! > 0 ? loop(a, b, k) : undefined),
];

function axesOf(a: Tensor, k: number): number[] {
  return [...a.shape.keys()].filter((axis) => (k >> axis) % 2 === 0);
}

function meets(a: Tensor, b: Tensor): boolean {
  const [x, y] = [[...a.shape].reverse(), [...b.shape].reverse()];
  return x.every((n, i) => y[i] === undefined || y[i] === 1 || n === 1 || y[i] === n);
}

function loop(a: Tensor, b: Tensor, k: number): Tensor {
  const start = mul(reshape(slice(a, a.shape.map(() => 0), a.shape.map((n, i) => (i === 0 ? 1 : n))), a.shape.slice(1)), 0.1);
  const scale = tanh(mean(b.size > 0 ? b : a));
  const [last, stack] = scan((c: Tensor, row: Tensor) => {
    const next = tanh(add(mul(c, scale), row));
    return [next, sigmoid(next)] as const;
  }, start, a, { reverse: k % 2 === 1 });
  return k % 4 > 1 ? last : stack;
}

function run(steps: readonly Step[], args: readonly Tensor[]): Tensor[] {
  const pool = [...args];
  for (const [op, a, b, option] of steps) {
    const at = (i: number): Tensor => pool[pool.length - 1 - (i % pool.length)]!;
    const made = ops[op % ops.length]!(at(a), at(b), option);
    if (made && sizeOf(made.shape) <= most) pool.push(made);
  }
  return [...pool.slice(-3), pool[pool.length >> 1]!];
}

function values(shape: readonly number[], seed: number): Tensor {
  return new Tensor(shape, 'float32', Float32Array.from({ length: sizeOf(shape) }, (_, i) => 1.5 * Math.sin(2.399963 * (i + 1) + seed)));
}

const args: readonly Tensor[] = [values([5, 7], 1), values([7], 2), values([7, 4], 3), values([], 4), values([3, 2, 5], 5)];
const programs = fc.array(fc.tuple(fc.nat(ops.length - 1), fc.nat(6), fc.nat(6), fc.nat(11)), { minLength: 1, maxLength: 30, size: 'max' });
const plain = await wasm({ threads: 1, relaxed: false });

function outcome(steps: readonly Step[], backend: Backend | undefined, fuse: boolean): Tensor[] {
  return compile((...xs: Tensor[]) => run(steps, xs), { fuse, ...(backend && { backend }) })(...args);
}

/** Chains of 30 functions that hardly stretch: what one rounding can grow to. */
function expectClose(actual: readonly Tensor[], expected: readonly Tensor[]): void {
  actual.forEach((t, i) => {
    expect(t.shape).toEqual(expected[i]!.shape);
    const right = expected[i]!.data;
    t.data.forEach((v, k) => expect(Math.abs(v - right[k]!)).toBeLessThanOrEqual(2e-4 * Math.max(1, Math.abs(right[k]!))));
  });
}

const bits = (ts: readonly Tensor[]): string[] => ts.map((t) => `${t.shape.join()} ${new Uint32Array(t.data.buffer as ArrayBuffer).join()}`);

describe('random programs on WebAssembly', () => {
  test.each([true, false])('give what the reference gives (joined: %s)', (fuse) => {
    fc.assert(fc.property(programs, (steps) => expectClose(outcome(steps, plain, fuse), outcome(steps, undefined, false))), { numRuns: 80 });
  });

  test.each([['relaxed SIMD', {}], ['one lane', { simd: false }]])('give it with %s too', async (_, options) => {
    const backend = await wasm({ threads: 1, ...options });
    fc.assert(fc.property(programs, (steps) => expectClose(outcome(steps, backend, true), outcome(steps, undefined, false))), { numRuns: 40 });
  });

  test('give the same bits on two threads as on one', async () => {
    const two = await wasm({ threads: 2, relaxed: false });
    fc.assert(fc.property(programs, (steps) => {
      expect(bits(outcome(steps, two, true))).toEqual(bits(outcome(steps, plain, true)));
    }), { numRuns: 40 });
  });

  test('and every op takes part in some of them', () => {
    const unused = ops.flatMap((op, i) => (args.some((a) => args.some((b) => op(a, b, 1) !== undefined)) ? [] : [i]));
    expect(unused).toEqual([]);
  });
});
