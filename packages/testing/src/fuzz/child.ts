import { writeSync } from 'node:fs';
import type { Fuzzer } from './fuzzer.ts';
import { type Job, type Message, shrinkMs } from './job.ts';

/** The pipe on which the parent listens. */
const channel = 3;

/**
 * Runs one job and ends this process. Each message is sent before the next check begins, even if that never returns.
 */
export async function runJob(fuzzers: readonly Fuzzer[], job: Job): Promise<never> {
  const fuzzer = fuzzers.find(({ name }) => name === job.name)!;
  const found = await fuzzer.search(job, guard(fuzzer, job));
  if (found) tell({ kind: 'found', failure: found });
  return finish();
}

function tell(message: Message): void {
  writeSync(channel, `${JSON.stringify(message)}\n`);
}

function finish(): never {
  tell({ kind: 'passed' });
  process.exit(0);
}

/** Wraps each check: announces it, enforces its limits, and reports its failure. */
function guard(fuzzer: Fuzzer, job: Job): Parameters<Fuzzer['search']>[1] {
  const known = new Map(job.known);
  const replayed = Math.max(-1, ...known.keys());
  let { shrinkUntil } = job;
  let input = -1;
  return async (check) => {
    input++;
    if (known.has(input)) throw new Error(known.get(input));
    if (input <= replayed) return;
    const now = Date.now();
    if (input > 0 && shrinkUntil === undefined && now > job.until) finish();
    if (shrinkUntil !== undefined && now > shrinkUntil) return;
    try {
      await measured(fuzzer, input, check);
    } catch (error) {
      shrinkUntil ??= Date.now() + (job.shrinkMs ?? shrinkMs);
      tell({ kind: 'failed', input, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      throw error;
    }
  };
}

/** Runs a check. A check that ends but exceeded a limit fails; the parent ends checks that do not end. */
async function measured({ limits }: Fuzzer, input: number, check: () => void | Promise<void>): Promise<void> {
  const megabytes = process.memoryUsage.rss() / 1e6;
  const peak = peakMegabytes();
  tell({ kind: 'start', input, megabytes });
  const start = performance.now();
  await check();
  const seconds = (performance.now() - start) / 1000;
  const after = peakMegabytes();
  if (seconds > limits.seconds) throw new Error(`took ${seconds.toFixed(1)} s, more than ${limits.seconds} s`);
  if (after > peak && after - megabytes > limits.megabytes)
    throw new Error(`took ${(after - megabytes).toFixed()} MB, more than ${limits.megabytes} MB`);
}

function peakMegabytes(): number {
  return process.resourceUsage().maxRSS / 1e3;
}
