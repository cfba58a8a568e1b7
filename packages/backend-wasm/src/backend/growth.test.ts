import { compile } from '@chainrule/compiler';
import {
  add,
  concat,
  exp,
  matmul,
  mul,
  reshape,
  slice,
  sum,
  tanh,
  Tensor,
  transpose,
  Variable,
  zeros,
} from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { wasm } from './wasm.ts';

const ramp = (length: number): Tensor =>
  new Tensor(
    [length],
    'float32',
    Float32Array.from({ length }, (_, i) => i % 1000),
  );

describe('memory that grows', () => {
  // The memory starts with 16 MiB. Each program makes it grow, and may move the arena and the views of it.
  test('keeps the values of variables and the results of earlier programs', async () => {
    const backend = await wasm({ threads: 2 });
    const w = new Variable(ramp(1000));
    const step = compile((x: Tensor) => [w.assign(add(w.value, x)), sum(w.value)] as const, { backend });
    const [, first] = step(ramp(1000));
    const kept: { readonly result: Tensor; readonly expected: number }[] = [];
    for (const megabytes of [1, 5, 9, 30, 3]) {
      const length = megabytes * 262_144;
      const f = compile((x: Tensor) => mul(add(x, 1), 2), { backend });
      kept.push({ result: f(ramp(length)), expected: 2 * ((length - 1) % 1000) + 2 });
      step(ramp(1000));
    }
    expect(first.item()).toBe(2 * 499_500);
    expect([...w.value.data]).toEqual(Array.from({ length: 1000 }, (_, i) => 7 * i));
    for (const { result, expected } of kept) expect(result.data.at(-1)).toBe(expected);
  });

  test('serves a small program after a large one, and the large one again', async () => {
    const backend = await wasm({ threads: 1 });
    const large = compile((x: Tensor) => sum(exp(mul(x, 0))), { backend });
    const small = compile((x: Tensor) => add(x, 1), { backend });
    for (let i = 0; i < 3; i++) {
      expect(large(zeros([6_000_000])).item()).toBe(6_000_000);
      expect(small(ramp(3)).toArray()).toEqual([1, 2, 3]);
    }
  });
});

describe('the arena', () => {
  /** A chain in which a buffer is free as soon as its successor is computed, and one value lives to the end. */
  const chain = (x: Tensor): Tensor => {
    let y = x;
    const early = exp(mul(x, 0.001));
    for (let i = 0; i < 12; i++) {
      const rows = reshape(y, [25, 40]);
      y = reshape(matmul(transpose(rows), matmul(rows, transpose(rows)) as never) as Tensor, [-1]);
      y = tanh(mul(slice(concat([y, early, y], 0), [500], [1000], [1]), 0.01));
    }
    return add(y, early);
  };

  test('reuses memory only after the last use of a value', async () => {
    const backend = await wasm({ threads: 1, relaxed: false });
    const run = compile(chain, { backend });
    const x = ramp(1000);
    const expected = chain(x).data;
    const first = run(x).data;
    expect(first.findIndex((value, i) => !(Math.abs(value - expected[i]!) <= 1e-4))).toBe(-1);
    // What an earlier run left in the arena must not matter.
    run(mul(x, NaN));
    expect(run(x).data).toEqual(first);
    run(mul(x, Infinity));
    expect(run(x).data).toEqual(first);
  });
});
