import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest';
import { atomic, i32 } from '../asm/index.ts';
import { control, lineWord } from './control.ts';
import { HelperLost } from './helperLost.ts';
import { Memory } from './memory.ts';
import { countsAt, expectedSum, helperProgram, sumAt, sumProgram } from '../../testing/program.ts';
import { createPool, type LoadedProgram, type PoolOptions, type ThreadPool } from './threads.ts';
import { workerSource } from './workerSource.ts';

// Machines with fewer cores than threads, or busy ones, take long.
vi.setConfig({ testTimeout: 60_000 });

const host = (): unknown => undefined;
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
async function openWith(
  memory: Memory,
  modules: readonly Uint8Array<ArrayBuffer>[],
  options: Partial<PoolOptions> = {},
  hook = host,
): Promise<[ThreadPool, ...LoadedProgram[]]> {
  const pool = open(memory, options);
  await pool.ready;
  const programs = modules.map((bytes) => pool.load(bytes, { host: hook }));
  await caughtUp(memory, pool);
  return [pool, ...programs];
}

/** When all helpers have read the whole log. */
async function caughtUp(memory: Memory, pool: ThreadPool): Promise<void> {
  const words = memory.ints(0, 1024);
  await vi.waitFor(
    () => {
      for (let thread = 1; thread < pool.capacity; thread++)
        expect(words[lineWord(thread, 'read')]).toBe(1 + logged(words));
    },
    { timeout: 300_000, interval: 1 },
  );
}

const logged = (words: Int32Array): number => words[control.records]!;

function zeros(memory: Memory): number {
  const arena = memory.allocate(1024);
  memory.ints(arena, 256).fill(0);
  return arena;
}

const sumOf = (memory: Memory, arena: number): number => memory.ints(arena + sumAt, 1)[0]!;
const countsOf = (memory: Memory, arena: number): Int32Array => memory.ints(arena + countsAt, 4);

describe('a pool of threads', () => {
  test('with one thread runs on the caller, in memory that is not shared too', () => {
    for (const shared of [false, true]) {
      const memory = new Memory(shared);
      const pool = open(memory, { threads: 1 });
      const program = pool.load(sumProgram(3, { shared }), { host });
      const arena = zeros(memory);
      for (let run = 0; run < 5; run++) pool.run(program, arena);
      expect(sumOf(memory, arena)).toBe(expectedSum(3, 5));
      expect([pool.threads, pool.capacity]).toEqual([1, 1]);
    }
  });

  test.each([2, 3, 4])('with %s threads does every unit of many jobs once', async (threads) => {
    for (const units of [1, 2, 3, 9, 64]) {
      const memory = new Memory(true);
      const [pool, program] = await openWith(memory, [sumProgram(7, { units })], { threads });
      expect(pool.threads).toBe(threads);
      const arena = zeros(memory);
      for (let run = 0; run < 300; run++) pool.run(program!, arena);
      expect(sumOf(memory, arena)).toBe(expectedSum(7, 300, units));
      expect(countsOf(memory, arena).reduce((sum, count) => sum + count, 0)).toBe(7 * 300 * units);
      pool.close();
    }
  });

  test('helpers take part, those that sleep too', async () => {
    const memory = new Memory(true);
    const [pool] = await openWith(memory, [], { spin: 0 });
    const words = memory.ints(0, 1024);
    for (let run = 0; run < 20; run++) {
      // A program of its own for each run: on a busy machine, the pool would try a later run without helpers.
      const program = pool.load(
        helperProgram(() => undefined),
        { host },
      );
      await caughtUp(memory, pool);
      await vi.waitFor(() => expect(words[control.sleepers]).toBe(1), { timeout: 300_000, interval: 1 });
      pool.run(program, zeros(memory));
    }
  });

  test('does not wait for a helper that takes no units', async () => {
    const memory = new Memory(true);
    const [pool, program] = await openWith(memory, [sumProgram(3)]);
    // Thread 1 is told that it is retired: as if it never got its core.
    Atomics.store(memory.ints(0, 1024), lineWord(1, 'retired'), 1);
    const arena = zeros(memory);
    for (let run = 0; run < 100; run++) pool.run(program!, arena);
    expect(sumOf(memory, arena)).toBe(expectedSum(3, 100));
    expect(countsOf(memory, arena)[1]).toBe(0);
  });

  test('runs on no more threads than may be active', async () => {
    const memory = new Memory(true);
    const [pool, program] = await openWith(memory, [sumProgram(3, { units: 60, work: 1000 })], {
      threads: 4,
      active: 2,
    });
    const arena = zeros(memory);
    for (let run = 0; run < 100; run++) pool.run(program!, arena);
    expect(sumOf(memory, arena)).toBe(expectedSum(3, 100, 60));
    expect([...countsOf(memory, arena)].slice(2)).toEqual([0, 0]);
  });

  test('runs without helpers until they are ready; then they load the earlier programs', async () => {
    const memory = new Memory(true);
    const pool = open(memory);
    const [dropped, program] = [
      pool.load(sumProgram(1), { host }),
      pool.load(
        helperProgram(() => undefined),
        { host },
      ),
    ];
    pool.unload(dropped);
    const arena = zeros(memory);
    memory.ints(arena, 1)[0] = 1;
    pool.run(program, arena);
    await pool.ready;
    await caughtUp(memory, pool);
    pool.run(program, zeros(memory));
  });

  test('sees memory that has grown between steps', async () => {
    const memory = new Memory(true);
    const [pool, program] = await openWith(memory, [sumProgram(2)]);
    for (let i = 0; i < 20; i++) {
      memory.allocate(3_000_000);
      const arena = zeros(memory);
      for (let run = 0; run < 3; run++) pool.run(program!, arena);
      expect(sumOf(memory, arena)).toBe(expectedSum(2, 3));
      // The memory that holds the module is new, too.
      pool.unload(pool.load(sumProgram(i + 3), { host }));
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
      const other = pool.load(sumProgram(i + 3), { host });
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
    expect([sumOf(memory, a), sumOf(memory, b)]).toEqual([expectedSum(1, 100), expectedSum(2, 100)]);
  });

  test('goes on after a step that throws in the caller, when helpers have left their units', async () => {
    const memory = new Memory(true);
    const slow = helperProgram((f, at) => {
      const iteration = f.local('i32');
      f.for(iteration, 0, 100_000, 1, () => f.add(atomic.store(at, i32.const(2))));
      f.add(atomic.store(at, i32.const(1), 4));
    });
    const [pool, failing, program] = await openWith(memory, [slow, sumProgram(2)], {}, () => {
      throw new Error('the caller stops');
    });
    for (let i = 0; i < 20; i++) {
      const arena = zeros(memory);
      expect(() => pool.run(failing!, arena)).toThrow('the caller stops');
      expect(memory.ints(arena, 2)[1]).toBe(1);
      pool.run(program!, zeros(memory));
    }
    expect(pool.threads).toBe(2);
  });

  test('closed, goes on with the caller alone', async () => {
    const memory = new Memory(true);
    const [pool, program] = await openWith(memory, [sumProgram(2)]);
    pool.close();
    const arena = zeros(memory);
    pool.run(program!, arena);
    expect(sumOf(memory, arena)).toBe(expectedSum(2, 1));
    expect([...countsOf(memory, arena)]).toEqual([18, 0, 0, 0]);
    expect(pool.threads).toBe(1);
  });
});

describe('a helper that is lost', () => {
  let warn: MockInstance<typeof console.warn>;
  beforeEach(() => {
    warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  });

  const goesOn = (memory: Memory, pool: ThreadPool, program: LoadedProgram): void => {
    const arena = zeros(memory);
    for (let run = 0; run < 10; run++) pool.run(program, arena);
    expect([sumOf(memory, arena), pool.threads]).toEqual([expectedSum(2, 10), 1]);
  };
  const endless = helperProgram((f) => f.loop((again) => f.br(again)));

  test('because it throws, ends the run, and the pool goes on without it', async () => {
    const memory = new Memory(true);
    const [pool, helper, program] = await openWith(memory, [helperProgram((f) => f.trap()), sumProgram(2)]);
    expect(() => pool.run(helper!, zeros(memory))).toThrow('a helper thread was lost (RuntimeError: unreachable)');
    goesOn(memory, pool, program!);
    expect(warn.mock.calls.map(([text]) => text as string)).toMatchInlineSnapshot(`
      [
        "backend-wasm: a helper thread was lost (RuntimeError: unreachable); programs continue on the other threads, with the same results; make a new backend to get it back",
      ]
    `);
  });

  test('with a unit in hand because it ended, ends the run, and the pool goes on', async () => {
    const memory = new Memory(true);
    // Longer than the limit of a test. On Linux, the caller learns at once that the thread has ended.
    const [pool, helper, program] = await openWith(
      memory,
      [endless, sumProgram(2)],
      { patience: process.platform === 'linux' ? 120_000 : 200 },
      () => workers.at(-1)!.terminate(),
    );
    try {
      pool.run(helper!, zeros(memory));
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(HelperLost);
      await (error as HelperLost).ended;
    }
    goesOn(memory, pool, program!);
  });

  test('because its unit takes too long, ends the run, and the pool goes on', async () => {
    const memory = new Memory(true);
    const [pool, helper, program] = await openWith(memory, [endless, sumProgram(2)], { patience: 200 });
    expect(() => pool.run(helper!, zeros(memory))).toThrow(HelperLost);
    goesOn(memory, pool, program!);
  });

  test('between steps, costs nothing but its speed', async () => {
    const memory = new Memory(true);
    const [pool, program] = await openWith(memory, [sumProgram(2)]);
    await workers.at(-1)!.terminate();
    await vi.waitFor(() => expect(pool.threads).toBe(1), { timeout: 300_000 });
    goesOn(memory, pool, program!);
  });

  test('before it is ready, leaves a pool of one thread and a warning', async () => {
    const memory = new Memory(true);
    const failing = (): Worker => new Worker("throw new Error('refused')", { eval: true });
    const refusing = (): Worker => {
      throw new Error('no worker here');
    };
    for (const createWorker of [failing, refusing]) {
      const pool = open(memory, { threads: 3, createWorker });
      const program = pool.load(sumProgram(2), { host });
      await pool.ready;
      const arena = zeros(memory);
      pool.run(program, arena);
      expect([sumOf(memory, arena), pool.threads]).toEqual([expectedSum(2, 1), 1]);
    }
    expect(warn.mock.calls.map(([text]) => text as string)).toMatchInlineSnapshot(`
      [
        "backend-wasm: helper threads cannot start (refused), programs run on the caller's thread alone; where a content security policy forbids workers from strings, serve \`workerSource\` as a file and pass \`createWorker: () => new Worker("/that/file.js")\`, and otherwise ask for one thread",
        "backend-wasm: helper threads cannot start (Error: no worker here), programs run on the caller's thread alone; where a content security policy forbids workers from strings, serve \`workerSource\` as a file and pass \`createWorker: () => new Worker("/that/file.js")\`, and otherwise ask for one thread",
      ]
    `);
  });

  test('memory that is not shared leaves one thread and a warning', () => {
    expect(open(new Memory(false)).capacity).toBe(1);
    expect(warn.mock.calls.map(([text]) => text as string)).toMatchInlineSnapshot(`
      [
        "backend-wasm: programs run on one thread, because memory cannot be shared here; a page needs cross-origin isolation: serve it with the headers \`Cross-Origin-Opener-Policy: same-origin\` and \`Cross-Origin-Embedder-Policy: require-corp\`",
      ]
    `);
  });
});
