import {
  atomic,
  callValue,
  type FunctionBuilder,
  type FunctionRef,
  i32,
  type I32,
  type Local,
  type ModuleBuilder,
} from '../asm/index.ts';
import { control, line, lineWords } from './control.ts';

/** The iterations of a waiting loop between two calls of `env.stalled`, which take about 100 µs. */
const patience = 2 ** 16;
const lineBytes = 4 * lineWords;
const zero = i32.const(0);

/** The code by which a module shares its work. `control.ts` describes the protocol. */
export interface Jobs {
  /** Opens a job with this number of units for the function `site<number>`, and returns the number of the job. */
  open(site: number, units: number, threads: I32): I32;
  /** Waits until no helper is computing a unit. */
  wait(f: FunctionBuilder, threads: I32): void;
}

/** A thread that takes part in a job. */
export interface JobThread {
  readonly thread: Local<'i32'>;
  readonly threads: Local<'i32'>;
  readonly job: Local<'i32'>;
}

/** Emits the caller's part in jobs. Import other host functions before, and call this before the first function. */
export function emitJobs(module: ModuleBuilder, capacity: number): Jobs {
  if (capacity === 1) return { open: () => zero, wait: () => undefined };
  const stalled = module.import('stalled', ['i32'], []);
  const open = emitOpen(module);
  const wait = emitWait(module, capacity, stalled);
  return {
    open: (site, units, threads) => callValue('i32', open, [i32.const(site), i32.const(units), threads]),
    wait: (f, threads) => f.call(wait, [threads]),
  };
}

function emitOpen(module: ModuleBuilder): FunctionRef {
  return module.func(['i32', 'i32', 'i32'], ['i32'], (f, site, units, threads) => {
    const [job, thread] = [f.let(i32.load(zero, 4 * control.next)), f.local('i32')];
    f.if(i32.gtU(threads, i32.const(1)), () => {
      f.add(i32.store(zero, i32.add(job, i32.add(units, i32.const(1))), 4 * control.next));
      f.add(atomic.store(zero, job, 4 * control.opening));
      f.add(atomic.store(zero, site, 4 * control.site));
      f.add(atomic.store(zero, threads, 4 * control.threads));
      f.for(thread, 0, threads, 1, () => f.add(atomic.store(ticketOf(thread), job)));
      f.add(atomic.store(zero, job, 4 * control.job));
      // A helper first announces that it will sleep, and then looks at the job once more, so it misses no job.
      f.if(atomic.load(zero, 4 * control.sleepers), () => f.drop(atomic.notify(zero, 4 * control.job)));
    });
    f.result(job);
  });
}

/**
 * Spins, because most waits are short. After some time it calls `env.stalled(times)`, which sleeps, or throws if a
 * helper seems lost.
 */
function emitWait(module: ModuleBuilder, capacity: number, stalled: FunctionRef): FunctionRef {
  return module.func(['i32'], [], (f, threads) => {
    const [busy, iterations, times] = [f.local('i32'), f.local('i32'), f.local('i32')];
    f.if(i32.leU(threads, i32.const(1)), () => f.return());
    f.for(
      busy,
      4 * control.lines + 4 * line.busy + lineBytes,
      4 * control.lines + lineBytes * capacity,
      lineBytes,
      () =>
        f.block((free) =>
          f.loop((again) => {
            f.brIf(free, i32.eqz(atomic.load(busy)));
            f.increase(iterations, 1);
            f.brIf(again, i32.and(iterations, i32.const(patience - 1)));
            f.increase(times, 1);
            f.call(stalled, [times]);
            f.br(again);
          }),
        ),
    );
  });
}

/**
 * Emits a thread's part in a job. Each thread takes the units of its own share one by one, and then units of the other
 * shares. A single thread computes all units in one call.
 */
export function takeUnits(
  f: FunctionBuilder,
  { thread, threads, job }: JobThread,
  units: number,
  run: (begin: I32, end: I32) => void,
): void {
  const [tried, victim, first, size, taken, begin, end] = f.locals('i32', 7);
  const bound = (share: I32): I32 => i32.divU(i32.mul(share, i32.const(units)), threads);
  const several = i32.gtU(threads, i32.const(1));
  f.set(victim, thread);
  f.set(end, i32.const(units));
  f.loop((share) => {
    f.if(several, () => {
      f.set(first, bound(victim));
      f.set(size, i32.sub(bound(i32.add(victim, i32.const(1))), first));
    });
    f.loop((next) => {
      f.if(several, () =>
        f.loop((search) => {
          f.set(taken, i32.sub(atomic.load(ticketOf(victim)), job));
          f.if(i32.geU(taken, size), () => {
            f.increase(tried, 1);
            f.set(victim, i32.remU(i32.add(thread, tried), threads));
            f.brIf(share, i32.ltU(tried, threads));
            f.return();
          });
          const ticket = i32.add(job, taken);
          f.brIf(
            search,
            i32.ne(atomic.compareExchange(ticketOf(victim), ticket, i32.add(ticket, i32.const(1))), ticket),
          );
          f.set(begin, i32.add(first, taken));
          f.set(end, i32.add(begin, i32.const(1)));
        }),
      );
      run(begin, end);
      f.brIf(next, several);
    });
  });
}

function ticketOf(thread: Local<'i32'>): I32 {
  return i32.add(i32.const(4 * control.lines + 4 * line.ticket), i32.mul(thread, i32.const(lineBytes)));
}
