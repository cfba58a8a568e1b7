import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { compile } from '@chainrule/compiler';
import { cast, exp, mul, sum, type Tensor, transpose, zeros } from '@chainrule/tensor';
import { describe, expect, test, vi } from 'vitest';
import { workerSource } from '../runtime/workerSource.ts';
import { product, training, values } from '../../testing/training.ts';
import { wasm } from './wasm.ts';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

/** Collects garbage, and lets finalisers run. */
async function collect(): Promise<void> {
  for (let i = 0; i < 4; i++) {
    gc();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('memory', () => {
  test('stays flat over 10,000 steps', async () => {
    const { step } = training();
    const backend = await wasm({ threads: 1 });
    const run = compile(step, { backend });
    const [x, y] = [values([16, 8], 2), values([16, 4], 3)];
    for (let i = 0; i < 100; i++) run(x, y);
    await collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    const used = backend.memory.used;
    for (let i = 0; i < 10_000; i++) run(x, y);
    await collect();
    const after = process.memoryUsage();
    expect(backend.memory.used).toBe(used);
    expect(after.arrayBuffers - arrayBuffers).toBeLessThan(2 ** 20);
    expect(after.heapUsed - heapUsed).toBeLessThan(2 ** 21);
  });

  test('of dropped programs and variables comes back', async () => {
    const backend = await wasm({ threads: 1 });
    const use = (): void => {
      const { step } = training();
      const run = compile(step, { backend });
      run(values([16, 8], 2), values([16, 4], 3));
    };
    use();
    await collect();
    const before = backend.memory.used;
    for (let i = 0; i < 20; i++) use();
    expect(backend.memory.used).toBeGreaterThan(before);
    await collect();
    expect(backend.memory.used).toBe(before);
  });

  test('that is exhausted is an error that names the largest buffers, and other programs go on', async () => {
    const backend = await wasm({ threads: 1 });
    const f = compile((x: Tensor) => sum(mul(exp(cast(x, 'float32')), x.shape[0])), { backend });
    expect(f(zeros([4, 2]) as Tensor).item()).toBe(32);
    const huge = compile((x: Tensor) => sum(product(x, transpose(x)), { axis: 0 }), { backend });
    expect(() => huge(zeros([40_000, 1]) as Tensor)).toThrow(
      /^backend-wasm: the arena of this program needs 6\d{3}\.\d MiB, more than is free; its largest buffers are matmul \[40000,40000\] \(6103\.\d MiB\).*; use a smaller batch$/,
    );
    expect(f(zeros([4, 2]) as Tensor).item()).toBe(32);
    expect(huge(zeros([7, 1]) as Tensor).toArray()).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  test('of backends that nobody closed comes back, and their threads end', async () => {
    const workers: Worker[] = [];
    let ended = 0;
    const createWorker = (): Worker => {
      const worker = new Worker(workerSource, { eval: true });
      workers.push(worker.on('exit', () => ended++));
      return worker;
    };
    const use = async (): Promise<void> => {
      const backend = await wasm({ threads: 2, createWorker });
      expect(compile(product, { backend })(values([457, 300], 1), values([300, 130], 2)).shape).toEqual([457, 130]);
    };
    for (let i = 0; i < 10; i++) await use();
    const held = await wasm({ threads: 2, createWorker });
    await vi.waitFor(
      async () => {
        await collect();
        expect(ended).toBe(10);
      },
      { timeout: 300_000 },
    );
    expect([workers.length, held.threads]).toEqual([11, 2]);
    held.close();
  });

  test('of a backend whose programs are still used stays, with its threads', async () => {
    const run = compile(product, { backend: await wasm({ threads: 2 }) });
    const [a, b] = [values([457, 300], 1), values([300, 130], 2)];
    const first = run(a, b).data;
    await collect();
    expect(run(a, b).data).toEqual(first);
  });
});
