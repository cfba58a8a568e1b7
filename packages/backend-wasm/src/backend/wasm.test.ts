import { Worker } from 'node:worker_threads';
import { compile } from '@chainrule/compiler';
import {
  add,
  exp,
  gather,
  Generator,
  mul,
  randomNormal,
  relu,
  softmax,
  sub,
  sum,
  tensor,
  type Tensor,
  transpose,
  Variable,
} from '@chainrule/tensor';
import { describe, expect, test, vi } from 'vitest';
import { type Features, features } from '../platform/features.ts';
import { defaultThreads } from '../platform/cores.ts';
import { workerSource } from '../runtime/workerSource.ts';
import { product, training, values } from '../../testing/training.ts';
import { startWasm, wasm } from './wasm.ts';

describe('a program on WebAssembly', () => {
  test('keeps weights in its memory, and gives copies of them', async () => {
    const { step, w } = training();
    const run = compile(step, { backend: await wasm({ threads: 1 }) });
    const [x, y] = [values([16, 8], 2), values([16, 4], 3)];
    const before = w.value;
    const kept = before.data;
    const first = run(x, y).item();
    const after = w.value;
    const copy = after.data;
    for (let i = 0; i < 50; i++) run(x, y);
    expect(run(x, y).item()).toBeLessThan(first);
    expect([before.data, after.data]).toEqual([kept, copy]);
    w.assign(before);
    expect(run(x, y).item()).toBe(first);
    expect((await w.read()).data).toEqual(copy);
  });

  test('shares variables with other programs, and keeps them apart from other backends', async () => {
    const w = new Variable(tensor([1, 2]));
    const [one, other] = [await wasm({ threads: 1 }), await wasm({ threads: 1 })];
    const grow = compile((by: Tensor) => w.assign(add(w.value, by)), { backend: one });
    const shrink = compile((by: Tensor) => w.assign(sub(w.value, by)), { backend: other });
    const read = compile(() => mul(w.value, 1), { backend: one });
    grow(tensor([1, 1]));
    expect(read().toArray()).toEqual([2, 3]);
    shrink(tensor([0.5, 0.5]));
    expect([read().toArray(), w.value.toArray()]).toEqual([
      [1.5, 2.5],
      [1.5, 2.5],
    ]);
  });

  test('assigns several variables at once, those that are swapped too', async () => {
    const [a, b] = [new Variable(tensor([1, 2])), new Variable(tensor([3, 4]))];
    const swap = compile(
      () => {
        const was = a.value;
        a.assign(b.value);
        b.assign(was);
      },
      { backend: await wasm({ threads: 1 }) },
    );
    swap();
    expect([a.value.toArray(), b.value.toArray()]).toEqual([
      [3, 4],
      [1, 2],
    ]);
    swap();
    expect([a.value.toArray(), b.value.toArray()]).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test('commits nothing when an index is out of range, says which, and goes on', async () => {
    const w = new Variable(tensor([1, 2, 3]));
    const run = compile(
      (i: Tensor) => {
        const picked = gather(w.value, i);
        w.assign(mul(w.value, 2));
        return picked;
      },
      { backend: await wasm({ threads: 1 }) },
    );
    const indices = (...list: number[]): Tensor => tensor(list, undefined, 'int32');
    expect(run(indices(0, -1)).toArray()).toEqual([1, 3]);
    expect(() => run(indices(0, 3))).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: gather: \`indices\` must be in [-3, 3), got 3]`,
    );
    expect(w.value.toArray()).toEqual([2, 4, 6]);
    expect(run(indices(2, 1)).toArray()).toEqual([6, 4]);
  });

  test('commits nothing when the result is refused, returns it, and goes on', async () => {
    const [w, rng] = [new Variable(tensor([1, 2, 3])), new Generator(5)];
    const run = compile(
      (x: Tensor) => {
        w.assign(mul(w.value, x));
        return [sum(w.value), randomNormal(rng, [4])] as const;
      },
      { backend: await wasm({ threads: 1 }), accept: ([total]) => Number.isFinite(total.item()) },
    );
    run(tensor([2, 2, 2]));
    const [total, draws] = run(tensor([1, NaN, 1]));
    expect([total.item(), w.value.toArray(), rng.counter.value.item()]).toEqual([NaN, [2, 4, 6], 1]);
    expect(run(tensor([2, 2, 2]))[1].toArray()).toEqual(draws.toArray());
    expect(w.value.toArray()).toEqual([4, 8, 12]);
  });

  test('gives the same bits on one thread and on two, where the work is shared', async () => {
    const rng = new Generator(5);
    const f = (a: Tensor, b: Tensor): Tensor[] => [
      softmax(product(relu(a), b)),
      sum(exp(a), { axis: 0 }),
      sum(mul(a, a)),
      randomNormal(rng, [100, 300]),
    ];
    const start = rng.counter.value;
    const [a, b] = [values([457, 300], 1), values([300, 130], 2)];
    const bits = (ts: readonly Tensor[]): unknown[] => ts.map((t) => [...new Uint32Array(t.data.buffer)]);
    for (const relaxed of [false, true]) {
      const [one, two] = [await wasm({ threads: 1, relaxed }), await wasm({ threads: 2, relaxed })];
      const run = compile(f, { backend: two });
      rng.counter.assign(start);
      const expected = bits(compile(f, { backend: one })(a, b));
      for (let i = 0; i < 20; i++) {
        rng.counter.assign(start);
        expect(bits(run(a, b))).toEqual(expected);
      }
    }
  });

  test('explains and profiles itself', async () => {
    const { step } = training();
    const run = compile(step, { backend: await wasm({ threads: 1 }) });
    run(values([16, 8], 2), values([16, 4], 3));
    const [program] = run.programs();
    expect(program!.explain()).toContain('matmul 16x8x4');
    expect(program!.explain()).toMatch(/arena .*B; its buffers without reuse .*B$/);
    expect(program!.profile(3).split('\n')[0]).toBe('       µs     time   GFLOPS     GB/s  of peak');
  });

  test('goes on, with the same bits, when a helper is ended at any time', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const [a, b] = [values([457, 300], 1), values([300, 130], 2)];
    const start = values([300, 130], 3);
    const results = async (threads: number, end?: (worker: Worker) => void): Promise<readonly unknown[]> => {
      const workers: Worker[] = [];
      const createWorker = (): Worker => workers[workers.push(new Worker(workerSource, { eval: true })) - 1]!;
      const backend = await wasm({ threads, createWorker });
      const w = new Variable(start);
      const run = compile(
        (x: Tensor, y: Tensor) => {
          const z = product(x, add(y, w.value));
          w.assign(add(w.value, mul(product(transpose(x), z), 1e-4)));
          return sum(exp(mul(z, 1e-3)));
        },
        { backend },
      );
      const losses = Array.from({ length: 8 }, (_, i) => {
        if (i === 3) for (const worker of workers) end?.(worker);
        return run(a, b).item();
      });
      backend.close();
      return [losses, w.value.data];
    };
    const expected = await results(1);
    for (let i = 0; i < 8; i++)
      expect(await results(2 + (i % 2), (worker) => void setImmediate(() => void worker.terminate()))).toEqual(
        expected,
      );
    for (let i = 0; i < 8; i++)
      expect(await results(2 + (i % 2), (worker) => void worker.terminate())).toEqual(expected);
    expect(new Set(warn.mock.calls.map(([text]) => text as string)).size).toBe(warn.mock.calls.length);
    warn.mockRestore();
  });

  test('works before its helpers are ready, with the same bits as after', async () => {
    const backend = startWasm({ threads: 2 });
    expect(backend.threads).toBe(1);
    const run = compile(product, { backend });
    const [a, b] = [values([457, 300], 1), values([300, 130], 2)];
    const first = run(a, b).data;
    await backend.ready;
    expect(backend.threads).toBe(2);
    expect(run(a, b).data).toEqual(first);
    backend.close();
  });

  test('takes a thread for each core, up to eight', async () => {
    const backend = await wasm();
    expect(backend.threads).toBe(defaultThreads());
    backend.close();
  });

  test('goes on without SIMD where the engine has none, and says so once', () => {
    const machine = features() as { -readonly [K in keyof Features]: Features[K] };
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    machine.simd = false;
    try {
      for (let i = 0; i < 2; i++) {
        const backend = startWasm({ threads: 1 });
        expect(backend.simd).toBe(false);
        expect(compile((x: Tensor) => exp(x as never), { backend })(tensor([0])).item()).toBe(1);
      }
      startWasm({ threads: 1, simd: false });
    } finally {
      machine.simd = true;
    }
    expect(warn.mock.calls.map(([text]) => text as string)).toMatchInlineSnapshot(`
      [
        "backend-wasm: programs run several times slower than they could, because this engine has no SIMD; use Chrome 91, Firefox 89, Safari 16.4, Node 16.4 or newer, or pass \`simd: false\` to go without this warning",
      ]
    `);
    warn.mockRestore();
  });

  test('refuses a number of threads that is not a positive integer', async () => {
    await expect(wasm({ threads: 0 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[OptionError: wasm: \`threads\` must be a positive integer, got 0]`,
    );
    await expect(wasm({ threads: 1.5 })).rejects.toThrow('`threads` must be a positive integer, got 1.5');
  });
});
