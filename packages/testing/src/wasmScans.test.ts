import { wasm } from '@chainrule/backend-wasm';
import { grad } from '@chainrule/autograd';
import { type Backend, compile, type Compiled } from '@chainrule/compiler';
import { gru, lstm, simpleRnn } from '@chainrule/layers-recurrent';
import {
  add,
  cast,
  concat,
  gather,
  Generator,
  greater,
  matmul,
  mean,
  mul,
  reshape,
  scan,
  sigmoid,
  sin,
  slice,
  softmax,
  softplus,
  square,
  sub,
  sum,
  takeAlongAxis,
  tanh,
  tensor,
  Tensor,
  transpose,
  where,
} from '@chainrule/tensor';
import { sizeOf } from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

/** One instruction of a body: an op and its operands. */
type Step = readonly [op: number, a: number, b: number];

interface Around {
  readonly weight: Tensor;
  readonly bias: Tensor;
  readonly rows: Tensor;
  readonly table: Tensor;
  readonly labels: Tensor;
  readonly t: Tensor;
}

const width = 32;

/** Smooth functions of `[rows, width]` whose values stay small. The last two are not row by row. */
const ops: ((a: Tensor, b: Tensor, around: Around) => Tensor)[] = [
  ...[tanh, sigmoid, softplus, softmax].map((op) => (a: Tensor) => op(a)),
  (a, b) => tanh(add(a, b)),
  (a, b) => sub(a, mul(b, 0.5)),
  (a, b, { rows }) => where(greater(rows, 0), a, b),
  (a, _, { weight }) => tanh(product(a, weight)),
  (a, _, { weight, bias }) => tanh(product(a, mul(weight, bias))),
  (a, _, { bias }) => mul(a, bias),
  (a, _, { labels }) => tanh(add(a, takeAlongAxis(a, reshape(labels, [a.shape[0], 1]), 1))),
  (a, _, { rows }) => tanh(add(a, rows)),
  (a, _, { table, labels }) => mul(a, gather(table, labels)),
  (a, _, { t }) => mul(a, sin(cast(t, 'float32'))),
  (a, b) => concat([slice(a, [0, 0], [-1, 11]), slice(b, [0, 11], [-1, width - 11])], 1),
  (a) => mul(a, mean(a, { axis: 1, keepDims: true })),
  (a) => reshape(sum(reshape(concat([a, tanh(a)], 1), [a.shape[0], 2, width]), { axis: 1 }), a.shape),
  (a, _, { weight }) => tanh(transpose(product(weight, transpose(a)))),
  (a) => add(a, mul(0.1, mean(a, { axis: 0 }))),
];

const product = (a: Tensor, b: Tensor): Tensor => matmul(a as never, b as never);

function values(shape: readonly number[], seed: number, scale = 1): Tensor {
  return new Tensor(
    shape,
    'float32',
    Float32Array.from({ length: sizeOf(shape) }, (_, i) => scale * Math.sin(2.399963 * (i + 1) + seed)),
  );
}

interface Case {
  readonly steps: readonly Step[];
  readonly rows: number;
  readonly options: { readonly reverse: boolean; readonly checkpointEvery?: number };
}

const length = 40;
const argsOf = ({ rows }: Case): Tensor[] => [
  values([rows, width], 1),
  values([length, rows, width], 2),
  values([width, width], 3, 0.2),
  values([width], 4),
  values([rows, width], 5),
];

function loop({ steps, rows, options }: Case, [init, xs, weight, bias, own]: readonly Tensor[]): Tensor[] {
  const table = values([7, width], 6);
  const labels = tensor(
    Array.from({ length: rows }, (_, i) => (i * 3) % 7),
    undefined,
    'int32',
  );
  const [last, ys] = scan(
    (carry: Tensor[], x: Tensor, _, t): [Tensor[], Tensor[]] => {
      const pool = [...carry, x];
      const at = (i: number): Tensor => pool[pool.length - 1 - (i % pool.length)]!;
      for (const [op, a, b] of steps)
        pool.push(ops[op]!(at(a), at(b), { weight: weight!, bias: bias!, rows: own!, table, labels, t: t }));
      const next = tanh(mul(add(product(carry[0]!, weight!), at(0)), 0.5));
      return [
        [next, mul(pool[pool.length >> 1]!, 0.5)],
        [pool.at(-1)!, next],
      ];
    },
    [init!, mul(init!, 0.5)],
    xs!,
    options,
  );
  return [...last, ...ys];
}

const cases = (count: number): fc.Arbitrary<Case> =>
  fc.record({
    steps: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(5), fc.nat(5)), { minLength: 1, maxLength: 8 }),
    rows: fc.constantFrom(32, 48, 64, 33, 37, 7),
    options: fc.record(
      { reverse: fc.boolean(), checkpointEvery: fc.constantFrom(9, 40) },
      { requiredKeys: ['reverse'] },
    ),
  });

const backends = [await wasm({ threads: 1, relaxed: false }), await wasm({ threads: 2, relaxed: false })] as const;
const forward =
  (c: Case): ((...xs: Tensor[]) => Tensor[]) =>
  (...xs) =>
    loop(c, xs);
const backward =
  (c: Case): ((...xs: Tensor[]) => Tensor[]) =>
  (...xs) =>
    grad((ts: Tensor[]) =>
      loop(c, ts)
        .map((t) => mean(square(t)))
        .reduce((a, b) => add(a, b)),
    )(xs);

function compiled(f: (...xs: Tensor[]) => Tensor[], backend?: Backend): Compiled<typeof f> {
  return compile(f, backend && { backend });
}

const bits = (ts: readonly Tensor[]): string[] =>
  ts.map((t) => `${t.shape.join()} ${new Uint32Array(t.data.buffer as ArrayBuffer).join()}`);

/** Carries are halved in every step, so the rounding error is that of a few steps. */
function expectClose(actual: readonly Tensor[], expected: readonly Tensor[]): void {
  actual.forEach((t, i) => {
    const right = expected[i]!.data;
    const scale = Math.max(1e-3, ...right.map(Math.abs));
    expect(t.shape).toEqual(expected[i]!.shape);
    expect(Math.max(...t.data.map((v, k) => Math.abs(v - right[k]!)))).toBeLessThanOrEqual(1e-3 * scale);
  });
}

describe.each([
  ['random loops', forward],
  ['gradients of random loops', backward],
])('%s on WebAssembly', (_, of) => {
  test('agree with the reference, and give the same bits on two threads as on one', () => {
    fc.assert(
      fc.property(cases(ops.length), (c) => {
        const [one, two] = backends.map((backend) => compiled(of(c), backend)(...argsOf(c))) as [Tensor[], Tensor[]];
        expectClose(one, compiled(of(c))(...argsOf(c)));
        expect(bits(two)).toEqual(bits(one));
      }),
      { numRuns: 12 },
    );
  });
});

test('a nested loop reads the values of the current outer step', () => {
  const f = (x: Tensor): Tensor[] =>
    scan((c: Tensor, _: Tensor[], _k, t) => [add(c, cast(t, 'float32')), mul(c, cast(t, 'float32'))] as const, x, [], {
      length: 6,
      checkpointEvery: 2,
    });
  expect(bits(compiled(f as never, backends[0])(tensor([1, 2])))).toEqual(bits(f(tensor([1, 2]))));
});

describe('a loop whose rows are independent', () => {
  const explain = (c: Case, of: typeof forward): string => {
    const run = compiled(of(c), backends[1]);
    run(...argsOf(c));
    return run.programs()[0]!.explain();
  };
  const apart: Step[] = ops.slice(0, -2).map((_, op) => [op, 0, 1]);

  test('is partitioned for threads, and so is its gradient', () => {
    const c: Case = {
      steps: [
        [7, 0, 0],
        [4, 0, 1],
      ],
      rows: 32,
      options: { reverse: false },
    };
    expect(explain(c, forward)).toContain('scan, 40 steps in 2 partitions');
    expect(explain(c, backward).match(/in 2 partitions/g)?.length).toBe(2);
  });

  test('runs kernels once whose results are the same in every step', () => {
    const c: Case = {
      steps: [
        [7, 0, 0],
        [8, 0, 0],
      ],
      rows: 32,
      options: { reverse: false },
    };
    const [before, inside] = explain(c, forward).split('scan, 40 steps in 2 partitions:\n') as [string, string];
    const body = inside
      .split('\n')
      .filter((line) => line.startsWith('  '))
      .join('\n');
    expect(before.match(/pack 32x32/g)?.length).toBeGreaterThan(1);
    expect(before).toContain('mul [32,32]');
    expect(body).toContain('matmul');
    expect(body).not.toMatch(/pack|mul \[32,32\]/);
  });

  test('is partitioned for all operations on rows, unless rows depend on each other or are too few', () => {
    const c: Case = { steps: apart, rows: 32, options: { reverse: true } };
    expect(explain(c, forward)).toContain('in 2 partitions');
    expect(explain({ ...c, rows: 7 }, forward)).not.toContain('partitions:');
    expect(explain({ ...c, rows: 37 }, forward)).not.toContain('partitions:');
    expect(explain({ ...c, steps: [[ops.length - 1, 0, 0]] }, forward)).not.toContain('partitions:');
  });
});

test.each([
  ['simpleRnn', simpleRnn(32)],
  ['lstm', lstm(32)],
  ['gru', gru(32)],
  ['gru with the reset gate before the product', gru(32, { resetAfter: false })],
] as const)('the loops of %s, forward and backward, are partitioned for threads', (_, layer) => {
  layer.build([[32, length, 8]], { rng: new Generator(1), dtype: 'float32' });
  const mask = tensor(
    Array.from({ length: 32 * length }, (_unused, i) => i % length < 20 + (i % 7)),
    [32, length],
    'bool',
  );
  const weights = layer.variables().map(({ value }) => value);
  const rng = new Generator(2);
  const call = (x: Tensor): Tensor => mean(square(layer.call([{ data: x, mask }], { training: true, rng })[0]!.data));
  const step = compile((x: Tensor) => grad((_weights: unknown) => call(x))(weights), { backend: backends[1] });
  step(values([32, length, 8], 1));
  expect(
    step
      .programs()[0]!
      .explain()
      .match(/in 2 partitions/g)?.length,
  ).toBe(2);
});
