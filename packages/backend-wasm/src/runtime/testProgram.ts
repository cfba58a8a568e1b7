import { atomic, type FunctionBuilder, type FunctionRef, i32, type I32, ModuleBuilder } from '../asm/index.ts';
import { emitBarrier } from './barrier.ts';

/** A module whose `step` the tests write. */
export function testProgram(write: (f: FunctionBuilder, at: { thread: I32; threads: I32; arena: I32; barrier: FunctionRef }) => void, shared = true): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder({ shared });
  const barrier = emitBarrier(module);
  module.export('step', module.func(['i32', 'i32', 'i32'], [], (f, thread, threads, arena) => write(f, { thread, threads, arena, barrier })));
  return module.bytes();
}

/**
 * In the arena, int32: 32 counts and 32 sums, one a thread. In each round every thread counts up by its number + 1, then
 * all add the counts of all to their sums. Where a barrier lets one through early, or late, sums differ.
 */
export function sumProgram(rounds: number, shared = true): Uint8Array<ArrayBuffer> {
  return testProgram((f, { thread, threads, arena, barrier }) => {
    const [round, other, own] = [f.local('i32'), f.local('i32'), f.let(i32.add(arena, i32.shl(thread, i32.const(2))))];
    f.for(round, 0, rounds, 1, () => {
      f.add(i32.store(own, i32.add(i32.load(own), i32.add(thread, i32.const(1)))));
      f.call(barrier, [threads]);
      f.for(other, i32.const(0), threads, 1, () => f.add(i32.store(own, i32.add(i32.load(own, 128), i32.load(i32.add(arena, i32.shl(other, i32.const(2))))), 128)));
      f.call(barrier, [threads]);
    });
  }, shared);
}

/** What `sumProgram` leaves in the sum of every thread that took part in all of the runs. */
export function expectedSum(rounds: number, runs: number, threads: number): number {
  const turns = rounds * runs;
  return ((threads * (threads + 1)) / 2) * ((turns * (turns + 1)) / 2) | 0;
}

/** One thread (0 the caller) does as told, the others wait for it at a barrier. */
export function oneThreadProgram(one: number, write: (f: FunctionBuilder) => void): Uint8Array<ArrayBuffer> {
  return testProgram((f, { thread, threads, barrier }) => {
    f.if(i32.eq(thread, i32.const(one)), () => write(f));
    f.call(barrier, [threads]);
  });
}

/** Waits for the word at the arena's start to become 1; then that word is 2. */
export function waitingProgram(): Uint8Array<ArrayBuffer> {
  return testProgram((f, { thread, arena, threads, barrier }) => {
    f.if(i32.eq(thread, i32.const(1)), () => {
      f.loop((again) => f.brIf(again, i32.eqz(atomic.load(arena))));
      f.add(atomic.store(arena, i32.const(2)));
    });
    f.call(barrier, [threads]);
  });
}
