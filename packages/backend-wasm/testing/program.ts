import { atomic, type FunctionBuilder, type FunctionRef, i32, type I32, ModuleBuilder } from '../src/asm/index.ts';
import { emitJobs, takeUnits } from '../src/runtime/jobs.ts';

/** Building blocks for the programs of tests. */
export interface TestStep {
  readonly arena: I32;
  /** Opens a job with the given number of units. */
  readonly share: (
    units: number,
    unit: (f: FunctionBuilder, at: { thread: I32; arena: I32; unit: I32 }) => void,
  ) => void;
  readonly wait: () => void;
  /** The function `host` of the pool. */
  readonly host: FunctionRef;
}

const capacity = 4;

/** A module with a `step` that a test writes. */
export function testProgram(
  write: (f: FunctionBuilder, step: TestStep) => void,
  shared = true,
): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder({ shared });
  const host = module.import('host', ['i32'], []);
  const jobs = emitJobs(module, capacity);
  let sites = 0;
  const step = module.func(['i32', 'i32'], [], (f, threads, arena) => {
    write(f, {
      arena,
      host,
      share: (units, unit) => {
        const number = sites++;
        const site = module.func(['i32', 'i32', 'i32', 'i32'], [], (g, thread, all, job, at) => {
          const i = g.local('i32');
          takeUnits(g, { thread, threads: all, job }, units, (begin, end) =>
            g.for(i, begin, end, 1, () => unit(g, { thread, arena: at, unit: i })),
          );
        });
        module.export(`site${number}`, site);
        f.call(site, [i32.const(0), threads, jobs.open(number, units, threads), arena]);
      },
      wait: () => jobs.wait(f, threads),
    });
  });
  module.export('step', step);
  return module.bytes();
}

/**
 * Offsets in the arena of `sumProgram`: its sum, and the number of units of each thread. The words of units begin at 0.
 */
export const sumAt = 512;
export const countsAt = 640;

/**
 * A program that detects units that run twice, not at all, or too late. In each round, a job adds its number + 1 to the
 * word of each unit. Then the caller adds all words to a sum, which is wrong if a unit was.
 */
export function sumProgram(
  rounds: number,
  { units = 9, work = 0, shared = true }: { units?: number; work?: number; shared?: boolean } = {},
): Uint8Array<ArrayBuffer> {
  return testProgram((f, { arena, share, wait }) => {
    const [round, other] = [f.local('i32'), f.local('i32')];
    f.for(round, 0, rounds, 1, () => {
      share(units, (g, { thread, arena: at, unit }) => {
        const [turn, word] = [g.local('i32'), g.let(i32.add(at, i32.shl(unit, i32.const(2))))];
        g.for(turn, 0, work, 1, () => g.add(i32.store(word, i32.load(word))));
        g.add(i32.store(word, i32.add(i32.load(word), i32.add(unit, i32.const(1)))));
        g.drop(atomic.add(i32.add(at, i32.shl(thread, i32.const(2))), i32.const(1), countsAt));
      });
      wait();
      f.for(other, 0, units, 1, () =>
        f.add(
          i32.store(
            arena,
            i32.add(i32.load(arena, sumAt), i32.load(i32.add(arena, i32.shl(other, i32.const(2))))),
            sumAt,
          ),
        ),
      );
    });
  }, shared);
}

/** The sum of `sumProgram` after the given number of runs. */
export function expectedSum(rounds: number, runs: number, units = 9): number {
  const turns = rounds * runs;
  return (((units * (units + 1)) / 2) * ((turns * (turns + 1)) / 2)) | 0;
}

/**
 * A job of two units: one for a helper, which runs `write`, and one for the caller, which calls `host` when both have
 * begun.
 */
export function helperProgram(write: (f: FunctionBuilder, arena: I32) => void): Uint8Array<ArrayBuffer> {
  return testProgram((_, { share, wait, host }) => {
    share(2, (f, { thread, arena }) =>
      f.if(
        thread,
        () => {
          f.add(atomic.store(arena, i32.const(1)));
          f.loop((again) => f.brIf(again, i32.eqz(atomic.load(arena, 8))));
          write(f, arena);
        },
        () => {
          f.add(atomic.store(arena, i32.const(1), 8));
          f.loop((again) => f.brIf(again, i32.eqz(atomic.load(arena))));
          f.call(host, [i32.const(0)]);
        },
      ),
    );
    wait();
  });
}
