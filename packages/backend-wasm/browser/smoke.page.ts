import { features } from '../src/features.ts';
import { Memory } from '../src/runtime/memory.ts';
import { expectedSum, sumProgram } from '../src/runtime/testProgram.ts';
import { createPool } from '../src/runtime/threads.ts';

export interface Smoke {
  readonly isolated: boolean;
  readonly window: boolean;
  readonly simd: boolean;
  readonly relaxed: boolean;
  readonly threads: number;
  /** Sums of the threads in many runs, over those expected. */
  readonly sums: readonly number[];
}

/** Asks for two threads, and lets them meet at barriers, in memory that grows. With `&helper` in the URL the helper comes from a file. */
export default async function smoke(): Promise<Smoke> {
  const { simd, relaxed, threads } = features();
  const memory = new Memory(threads);
  const createWorker = new URLSearchParams(location.search).has('helper') ? () => new Worker('/helper.js') : undefined;
  const pool = createPool({ memory, threads: 2, createWorker });
  await pool.ready;
  const program = pool.load(sumProgram(3, memory.shared));
  const arena = memory.allocate(256);
  const clear = (): unknown => memory.ints(arena, 64).fill(0);
  // The helper loads the program in the background.
  do {
    clear();
    pool.run(program, arena);
    await new Promise((resolve) => setTimeout(resolve, 1));
  } while (pool.threads === 2 && memory.ints(arena, 2)[1] === 0);
  clear();
  for (let run = 0; run < 200; run++) {
    memory.allocate(10_000);
    pool.run(program, arena);
  }
  const expected = expectedSum(3, 200, pool.threads);
  return { isolated: crossOriginIsolated, window: typeof document !== 'undefined', simd, relaxed, threads: pool.threads, sums: [...memory.ints(arena + 128, 2)].map((sum) => sum / expected) };
}
