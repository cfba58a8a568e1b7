import { atomic, type FunctionRef, i32, type ModuleBuilder } from '../asm/index.ts';
import { control } from './control.ts';

/** Turns between two calls of `env.stalled`; some 400 µs. */
const patience = 2 ** 18;

/**
 * Emits `barrier(threads)`, which returns when all threads of the run have called it as often. What a thread wrote
 * before it, the others see behind it. Import other host functions first, and call this before the first function.
 *
 * Arrivals are counted from the start of the step, so the n-th of them belongs to barrier ⌊n / threads⌋, which opens at
 * (⌊n / threads⌋ + 1)·threads arrivals: no thread arrives at the next one before. Threads spin, as a step has many
 * barriers and sleeping takes longer than most waits. One that spins for long calls `env.stalled(times)`, which lets
 * other threads have the core and, in the caller, throws when a helper seems lost; all trap when the step is to end.
 */
export function emitBarrier(module: ModuleBuilder): FunctionRef {
  const stalled = module.import('stalled', ['i32'], []);
  return module.func(['i32'], [], (f, threads) => {
    const words = i32.const(0);
    const [opens, turns, times] = [f.local('i32'), f.local('i32'), f.local('i32')];
    f.block((open) => {
      f.brIf(open, i32.leU(threads, i32.const(1)));
      f.set(opens, atomic.add(words, i32.const(1), 4 * control.arrived));
      f.set(opens, i32.sub(i32.add(opens, threads), i32.remU(opens, threads)));
      f.loop((again) => {
        f.brIf(open, i32.geS(i32.sub(atomic.load(words, 4 * control.arrived), opens), i32.const(0)));
        f.if(atomic.load(words, 4 * control.abort), () => f.trap());
        f.increase(turns, 1);
        f.brIf(again, i32.and(turns, i32.const(patience - 1)));
        f.increase(times, 1);
        f.call(stalled, [times]);
        f.br(again);
      });
    });
  });
}
