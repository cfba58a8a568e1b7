import { Worker } from 'node:worker_threads';
import { DeviceError } from '@chainrule/errors';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { i32 } from '../asm/index.ts';
import { control } from './control.ts';
import { Memory } from './memory.ts';
import { expectedSum, oneThreadProgram, sumProgram, testProgram, waitingProgram } from './testProgram.ts';
import { createPool, type LoadedProgram, type PoolOptions, type ThreadPool } from './threads.ts';
import { workerSource } from './workerSource.ts';

// Machines with fewer cores than threads, or busy ones, take long.
vi.setConfig({ testTimeout: 60_000 });

const pools: ThreadPool[] = [];
const workers: Worker[] = [];

afterEach(() => {
  for (const pool of pools.splice(0)) pool.close();
  workers.splice(0);
  vi.restoreAllMocks();
});

const createWorker = (): Worker => {
  const worker = new Worker(workerSource, { eval: true });
  workers.push(worker);
  return worker;
};

function open(memory: Memory, options: Partial<PoolOptions> = {}): ThreadPool {
  const pool = createPool({ memory, threads: 2, createWorker, ...options });
  pools.push(pool);
  return pool;
}

/** A pool whose helpers are there and have loaded the programs. */
async function openWith(memory: Memory, modules: readonly Uint8Array<ArrayBuffer>[], options: Partial<PoolOptions> = {}): Promise<[ThreadPool, ...LoadedProgram[]]> {
  const pool = open(memory, options);
  await pool.ready;
  const programs = modules.map((bytes) => pool.load(bytes));
  await caughtUp(memory, pool);
  return [pool, ...programs];
}

/** When all helpers have dealt with the last command. */
async function caughtUp(memory: Memory, pool: ThreadPool): Promise<void> {
  const words = memory.ints(0, 1024);
  await vi.waitFor(() => {
    for (let helper = 0; helper + 1 < pool.capacity; helper++) expect(words[control.done + 16 * helper]).toBe(words[control.generation]);
  }, { timeout: 10_000, interval: 1 });
}

function zeros(memory: Memory): number {
  const arena = memory.allocate(256);
  memory.ints(arena, 64).fill(0);
  return arena;
}

describe('a pool of threads', () => {
  test('with one thread runs on the caller, in memory that is not shared too', () => {
    for (const shared of [false, true]) {
      const memory = new Memory(shared);
      const pool = open(memory, { threads: 1 });
      const program = pool.load(sumProgram(3, shared));
      const arena = zeros(memory);
      for (let run = 0; run < 5; run++) pool.run(program, arena);
      expect(memory.ints(arena + 128, 2)).toEqual(Int32Array.of(expectedSum(3, 5, 1), 0));
      expect([pool.threads, pool.capacity, pool.dead]).toEqual([1, 1, false]);
    }
  });

  test.each([2, 3])('with %s threads meets at every barrier of many steps', async (threads) => {
    const memory = new Memory(true);
    const [pool, program] = await openWith(memory, [sumProgram(7)], { threads });
    expect(pool.threads).toBe(threads);
    const arena = zeros(memory);
    for (let run = 0; run < 500; run++) pool.run(program!, arena);
    const sums = [...memory.ints(arena + 128, threads + 1)];
    expect(sums).toEqual([...new Array<number>(threads).fill(expectedSum(7, 500, threads)), 0]);
  });

  test('wakes helpers that sleep', async () => {
    const memory = new Memory(true);
    const [pool, program] = await openWith(memory, [sumProgram(1)], { spin: 0 });
    const arena = zeros(memory);
    const words = memory.ints(0, 1024);
    for (let run = 0; run < 50; run++) {
      await vi.waitFor(() => expect(words[control.sleepers]).toBe(1), { interval: 1 });
      pool.run(program!, arena);
    }
    expect(memory.ints(arena + 128, 2)).toEqual(Int32Array.of(expectedSum(1, 50, 2), expectedSum(1, 50, 2)));
  });

  test('runs without helpers until they are ready, and reads what they missed', async () => {
    const memory = new Memory(true);
    const pool = open(memory);
    const [dropped, program] = [pool.load(sumProgram(1)), pool.load(sumProgram(2))];
    pool.unload(dropped);
    const arena = zeros(memory);
    pool.run(program, arena);
    expect(memory.ints(arena, 2)).toEqual(Int32Array.of(2, 0));
    await pool.ready;
    await caughtUp(memory, pool);
    pool.run(program, arena);
    expect(memory.ints(arena, 2)).toEqual(Int32Array.of(4, 4));
  });

  test('sees memory that has grown between steps', async () => {
    const memory = new Memory(true);
    const [pool, program] = await openWith(memory, [sumProgram(2)]);
    for (let i = 0; i < 20; i++) {
      memory.allocate(3_000_000);
      const arena = zeros(memory);
      for (let run = 0; run < 3; run++) pool.run(program!, arena);
      expect(memory.ints(arena + 128, 2)).toEqual(Int32Array.of(expectedSum(2, 3, 2), expectedSum(2, 3, 2)));
      // The module lies in memory that is new as well.
      pool.unload(pool.load(sumProgram(i + 3)));
      await caughtUp(memory, pool);
    }
  });

  test('leaves memory flat in 10,000 steps and 20 programs', async () => {
    const memory = new Memory(true);
    const [pool, program] = await openWith(memory, [sumProgram(1)]);
    const arena = zeros(memory);
    pool.run(program!, arena);
    const [used, size] = [memory.used, memory.memory.buffer.byteLength];
    for (let i = 0; i < 20; i++) {
      const other = pool.load(sumProgram(i + 3));
      for (let run = 0; run < 500; run++) pool.run(program!, arena);
      pool.unload(other);
      await caughtUp(memory, pool);
    }
    pool.run(program!, arena);
    expect([memory.used, memory.memory.buffer.byteLength]).toEqual([used, size]);
  });

  test('switches between programs and arenas', async () => {
    const memory = new Memory(true);
    const [pool, one, two] = await openWith(memory, [sumProgram(1), sumProgram(2)]);
    const [a, b] = [zeros(memory), zeros(memory)];
    for (let run = 0; run < 100; run++) {
      pool.run(one!, a);
      pool.run(two!, b);
    }
    expect(memory.ints(a + 128, 2)).toEqual(new Int32Array(2).fill(expectedSum(1, 100, 2)));
    expect(memory.ints(b + 128, 2)).toEqual(new Int32Array(2).fill(expectedSum(2, 100, 2)));
  });

  test('goes on after a step that traps in the caller or in a helper', async () => {
    const memory = new Memory(true);
    const trapIn = (thread: number) => oneThreadProgram(thread, (f) => f.trap());
    const [pool, caller, helper, program] = await openWith(memory, [trapIn(0), trapIn(1), sumProgram(2)]);
    const arena = zeros(memory);
    for (let i = 0; i < 3; i++) {
      expect(() => pool.run(caller!, arena)).toThrow(WebAssembly.RuntimeError);
      expect(() => pool.run(helper!, arena)).toThrow(DeviceError);
    }
    expect(() => pool.run(helper!, arena)).toThrowErrorMatchingInlineSnapshot(`[DeviceError: backend-wasm: a helper thread must finish its share of the program, got \`RuntimeError: unreachable\`]`);
    pool.run(program!, arena);
    expect(memory.ints(arena, 2)).toEqual(Int32Array.of(2, 4));
  });

  test('goes on after a trap that no other thread notices', async () => {
    const memory = new Memory(true);
    const alone = testProgram((f, { thread }) => f.if(thread, () => f.trap()));
    const [pool, program] = await openWith(memory, [alone]);
    for (let i = 0; i < 3; i++) expect(() => pool.run(program!, zeros(memory))).toThrow(DeviceError);
    expect(pool.dead).toBe(false);
  });

  test('closed, goes on with the caller alone', async () => {
    const memory = new Memory(true);
    const [pool, program] = await openWith(memory, [sumProgram(2)]);
    pool.close();
    const arena = zeros(memory);
    pool.run(program!, arena);
    expect(memory.ints(arena, 2)).toEqual(Int32Array.of(2, 0));
    expect([pool.threads, pool.dead]).toEqual([1, false]);
  });
});

describe('a helper that is lost', () => {
  test('in a step, at which the caller waits at a barrier, ends the pool', async () => {
    const memory = new Memory(true);
    const [pool, program] = await openWith(memory, [waitingProgram()], { patience: 200 });
    const arena = zeros(memory);
    void workers.at(-1)!.terminate();
    expect(() => pool.run(program!, arena)).toThrow('a helper thread died or stalled');
    memory.ints(arena, 1)[0] = 1;
    expect(() => pool.run(program!, arena)).toThrow(DeviceError);
    expect(pool.dead).toBe(true);
  });

  test('in a step, at whose end the caller waits, ends the pool', async () => {
    const memory = new Memory(true);
    const endless = testProgram((f, { thread }) => f.if(i32.eq(thread, i32.const(1)), () => f.loop((again) => f.br(again))));
    const [pool, program] = await openWith(memory, [endless], { patience: 200 });
    expect(() => pool.run(program!, zeros(memory))).toThrow('a helper thread died or stalled');
    expect(pool.dead).toBe(true);
  });

  test('between steps, ends the pool too', async () => {
    const memory = new Memory(true);
    const [pool, program] = await openWith(memory, [sumProgram(1)]);
    await workers.at(-1)!.terminate();
    await vi.waitFor(() => expect(pool.dead).toBe(true));
    expect(() => pool.run(program!, zeros(memory))).toThrowErrorMatchingInlineSnapshot(`[DeviceError: backend-wasm: a helper thread died or stalled (it ended), and may have left a program half done; make a new backend, with \`threads: 1\` if it happens again]`);
  });

  test('before it is ready, leaves a pool of one thread and a warning', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const memory = new Memory(true);
    const failing = (): Worker => new Worker("throw new Error('refused')", { eval: true });
    const refusing = (): Worker => {
      throw new Error('no worker here');
    };
    for (const createWorker of [failing, refusing]) {
      const pool = open(memory, { threads: 3, createWorker });
      const program = pool.load(sumProgram(2));
      await pool.ready;
      const arena = zeros(memory);
      pool.run(program, arena);
      expect(memory.ints(arena, 2)).toEqual(Int32Array.of(2, 0));
      expect([pool.threads, pool.dead]).toEqual([1, false]);
    }
    expect(warn.mock.calls.map(([text]) => text as string)).toMatchInlineSnapshot(`
      [
        "backend-wasm: helper threads cannot start (refused), programs run on the caller's thread alone; where a content security policy forbids workers from strings, serve \`workerSource\` as a file and pass \`createWorker: () => new Worker("/that/file.js")\`, and otherwise ask for one thread",
        "backend-wasm: helper threads cannot start (Error: no worker here), programs run on the caller's thread alone; where a content security policy forbids workers from strings, serve \`workerSource\` as a file and pass \`createWorker: () => new Worker("/that/file.js")\`, and otherwise ask for one thread",
      ]
    `);
  });

  test('memory that is not shared leaves one thread and a warning', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    expect(open(new Memory(false)).capacity).toBe(1);
    expect(warn.mock.calls.map(([text]) => text as string)).toMatchInlineSnapshot(`
      [
        "backend-wasm: programs run on one thread, because memory cannot be shared here; a page needs cross-origin isolation: serve it with the headers \`Cross-Origin-Opener-Policy: same-origin\` and \`Cross-Origin-Embedder-Policy: require-corp\`",
      ]
    `);
  });
});
