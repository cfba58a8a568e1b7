import {
  add, broadcastTo, cast, concat, cumsum, type DType, div, exp, expandDims, flip, gather, Generator, greater, isFloat, less, logSoftmax, matmul,
  max, maximum, mean, minimum, mul, neg, pad, pow, randomNormal, randomUniform, relu, reshape, scan, sigmoid, sizeOf, slice, softmax, softplus,
  sqrt, square, sub, sum, tanh, tensor, Tensor, transpose, Variable, where,
} from '@chainrule/tensor';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile, type CompileOptions } from './compile.ts';

/** One instruction: which op, and where it takes its operands and options from. */
type Step = readonly [op: number, a: number, b: number, option: number];

interface State {
  readonly rng: Generator;
  readonly variable: Variable;
}

const most = 64;

/** Ops of values of the pool; `undefined` where the values do not suit the op. */
const ops: ((a: Tensor, b: Tensor, option: number, state: State) => Tensor | undefined)[] = [
  ...[exp, tanh, sigmoid, softplus, relu, square].map((op) => (a: Tensor) => (isFloat(a.dtype) ? op(a) : undefined)),
  (a) => (isFloat(a.dtype) ? sqrt(maximum(a, 0)) : undefined),
  (a) => (a.dtype === 'bool' ? undefined : neg(a)),
  ...[add, sub, mul, maximum, minimum].map((op) => (a: Tensor, b: Tensor) => (meets(a, b) && a.dtype !== 'bool' ? (op as (a: Tensor, b: Tensor) => Tensor)(a, b) : undefined)),
  (a, b) => (meets(a, b) && isFloat(a.dtype) ? (div(a, b as never)) : undefined),
  (a, _, k) => (isFloat(a.dtype) ? [add(a, 0.1), mul(a, -0), mul(1 / 3, a), pow(a, 2), sub(1, a), div(a, 3)][k % 6] : undefined),
  (a, _, k) => (a.dtype === 'int32' ? [add(a, 1e9), mul(a, 123456789), sub(7, a)][k % 3] : undefined),
  (a, b) => (meets(a, b) && a.dtype !== 'bool' ? less(a, b as never) : undefined),
  (a) => (a.dtype === 'bool' ? undefined : greater(a, 0)),
  (a, b, k) => (isFloat(a.dtype) && meets(a, b) ? where(greater(a, 0), b as never, k % 2 ? a : (0.3 as never)) : undefined),
  (a, _, k) => cast(a, (['float32', 'float64', 'int32', 'bool', 'float32'] as DType[])[k % 5] as 'float32'),
  (a, _, k) => (a.dtype !== 'bool' && a.rank > 0 ? sum(a as Tensor<readonly number[], 'float32'>, { axis: k % a.rank, keepDims: k % 3 === 0 }) : undefined),
  (a, _, k) => (isFloat(a.dtype) && a.rank > 0 && a.size > 0 ? mean(a, { axis: k % a.rank, keepDims: k % 2 === 0 }) : undefined),
  (a, _, k) => (a.dtype !== 'bool' && a.rank > 0 && a.size > 0 ? max(a as Tensor<readonly number[], 'float32'>, { axis: k % a.rank }) : undefined),
  (a, _, k) => (isFloat(a.dtype) && a.rank > 0 && a.size > 0 ? (k % 2 ? softmax(a) : logSoftmax(a)) : undefined),
  (a, b, k) => (isFloat(a.dtype) && a.dtype === b.dtype && a.rank === 2 && b.rank === 2 ? product(a, b, k) : undefined),
  (a, b, k) => (isFloat(a.dtype) && a.dtype === b.dtype && a.rank === 2 && b.rank === 2 ? product(transpose(a), transpose(b), k) : undefined),
  (a) => (a.rank > 1 ? transpose(a) : undefined),
  (a, _, k) => (a.rank === 3 ? transpose(a, k % 2 ? [0, 2, 1] : [2, 0, 1]) : expandDims(a, k % (a.rank + 1))),
  (a, _, k) => reshape(a, [[-1], [1, a.size], [a.size, 1], [...a.shape].reverse(), a.shape][k % 5]!),
  (a, _, k) => (a.rank > 0 ? flip(a, k % a.rank) : undefined),
  (a, _, k) => (a.rank > 0 ? slice(a, a.shape.map((n) => (n > 1 ? k % 2 : 0)), a.shape.map(() => -1), a.shape.map(() => 1 + (k % 3 ? 0 : 1))) : undefined),
  (a, _, k) => (a.rank > 0 && a.dtype !== 'bool' ? pad(a, a.shape.map((_, i) => [i === 0 ? k % 2 : 0, 1] as const), k % 3) : undefined),
  (a, _, k) => broadcastTo(a, [1 + (k % 3), ...a.shape]),
  (a, b) => (a.rank > 0 && a.dtype === b.dtype && a.rank === b.rank && a.shape.slice(1).every((n, i) => n === b.shape[i + 1]) ? concat([a, b], 0) : undefined),
  (a, _, k) => (a.rank > 0 && a.shape[0]! > 0 ? gather(a, tensor([0, -1, k % a.shape[0]!], undefined, 'int32')) : undefined),
  (a, _, k) => (isFloat(a.dtype) && a.rank > 0 ? cumsum(a, k % a.rank) : undefined),
  (a, b, k) => (isFloat(a.dtype) && a.rank > 0 && a.shape[0]! > 0 && a.dtype === b.dtype ? loop(a, b, k) : undefined),
  (a, _, k, { rng }) => (a.dtype === 'float32' ? add(a, k % 2 ? randomUniform(rng, a.shape) : randomNormal(rng.stream(`s${k % 3}`), a.shape)) : undefined),
  (a, _, k, { rng }) => (a.dtype === 'float32' && a.rank > 0 ? scan((c: Tensor, x: Tensor) => [c, mul(x, randomUniform(rng, x.shape))] as const, tensor(k) as Tensor, a)[1] : undefined),
  (a, _, k, { variable }) => (k % 2 && a.dtype === 'float32' ? mul(a, variable.value) : variable.value),
  (a, _, _k, { variable }) => {
    if (a.dtype === 'float32' && a.size > 0) variable.assign(mean(a));
    return undefined;
  },
];

function meets(a: Tensor, b: Tensor): boolean {
  const [x, y] = [[...a.shape].reverse(), [...b.shape].reverse()];
  return a.dtype === b.dtype && x.every((n, i) => y[i] === undefined || y[i] === 1 || n === 1 || y[i] === n);
}

function product(a: Tensor, b: Tensor, k: number): Tensor | undefined {
  const [transposeA, transposeB] = [k % 2 === 1, k % 4 > 1];
  const fits = a.shape[transposeA ? 0 : 1] === b.shape[transposeB ? 1 : 0];
  return fits ? (matmul(a as never, b as never, { transposeA, transposeB })) : undefined;
}

/** Sums rows, reads a value from outside, and makes a stack that may be unused. */
function loop(a: Tensor, b: Tensor, k: number): Tensor {
  const scale = mean(b.size > 0 ? b : a);
  const [last, [stack]] = scan(
    (c: Tensor, row: Tensor) => {
      const next = add(mul(c, 0.5), tanh(mul(row, scale)));
      return [next, [softplus(next), exp(exp(next))]] as const;
    },
    mul(reshape(slice(a, a.shape.map(() => 0), a.shape.map((n, i) => (i === 0 ? 1 : n))), a.shape.slice(1)), 0),
    a,
    { reverse: k % 2 === 1, ...(k % 3 === 0 && { checkpointEvery: 2 }) },
  );
  return k % 4 > 1 ? last : stack;
}

function runSteps(steps: readonly Step[], state: State, args: readonly Tensor[]): Tensor[] {
  const pool = [...args];
  for (const [op, a, b, option] of steps) {
    const at = (i: number): Tensor => pool[pool.length - 1 - (i % pool.length)]!;
    const made = ops[op % ops.length]!(at(a), at(b), option, state);
    if (made && sizeOf(made.shape) <= most) pool.push(made);
  }
  return [...pool.slice(-2), pool[pool.length >> 1]!];
}

/** The bits, with all NaNs alike. */
function bits(t: Tensor): string {
  return `${t.dtype}[${t.shape.join()}] ${Array.from(t.data, (v) => (Object.is(v, -0) ? '-0' : String(v))).join()}`;
}

/** Two calls, with the state that they leave. */
function outcome(steps: readonly Step[], args: readonly (readonly Tensor[])[], options: CompileOptions | undefined): string[] {
  const state = { rng: new Generator(5), variable: new Variable(tensor(0.75)) };
  const f = (...xs: Tensor[]): Tensor[] => runSteps(steps, state, xs);
  const run = options ? compile(f, options) : f;
  return [...args.flatMap((xs) => run(...xs)), state.variable.value, state.rng.counter.value].map(bits);
}

function values(shape: readonly number[], seed: number): Tensor {
  return new Tensor(shape, 'float32', Float32Array.from({ length: sizeOf(shape) }, (_, i) => 1.5 * Math.sin(2.399963 * (i + 1) + seed)));
}

const batch = (seed: number): Tensor[] => [
  values([2, 3], seed), values([3], seed + 1), values([3, 2], seed + 2), tensor([5, -3, 1 << 30], undefined, 'int32'), values([], seed + 3),
];

const programs = fc.array(fc.tuple(fc.nat(ops.length - 1), fc.nat(6), fc.nat(6), fc.nat(11)), { minLength: 1, maxLength: 40, size: 'max' });
const plain: CompileOptions = { simplify: false, fuse: false };

describe('random programs give the same bits', () => {
  test.each<[string, CompileOptions | undefined, CompileOptions]>([
    ['captured as eager', undefined, plain],
    ['simplified as captured', plain, { fuse: false }],
    ['fused as captured', plain, { simplify: false }],
    ['simplified and fused as simplified', { fuse: false }, {}],
  ])('%s', (_, before, after) => {
    fc.assert(
      fc.property(programs, (steps) => {
        const args = [batch(1), batch(2), batch(3)];
        expect(outcome(steps, args, after)).toEqual(outcome(steps, args, before));
      }),
      { numRuns: 150 },
    );
  });

  test('and every op takes part in some of them', () => {
    const state = { rng: new Generator(5), variable: new Variable(tensor(0.75)) };
    const pool = [...batch(1), values([2, 2, 2], 1), greater(values([3], 1), 0) as Tensor];
    const unused = ops.flatMap((op, i) => (pool.some((a) => pool.some((b) => op(a, b, 1, state))) ? [] : [i]));
    expect(unused).toEqual([ops.length - 1]); // assigns, and gives nothing
  });
});
