import type { Failure, Fuzzer, SearchStart } from './fuzzer.ts';
import { shrinkMs } from './job.ts';
import { watch } from './watch.ts';

/** The outcome of one fuzzer. */
export interface Outcome {
  readonly inputs: number;
  /** The number of the first input that failed, from 1; the later ones were tries to shrink it. */
  readonly failedAt?: number;
  /** The time until that failure, including the start of the process. */
  readonly secondsToFailure?: number;
  readonly failure?: Failure;
}

/** Called during a run, with the number of inputs so far and whether one of them has failed. */
export type OnProgress = (inputs: number, shrinking: boolean) => void;

/**
 * Runs a fuzzer until it fails or the time is up. An input that ends its process, or does not end, fails like one that
 * throws: a new process continues after it, so that fast-check shrinks it, too.
 */
export async function hunt(
  script: string,
  fuzzer: Fuzzer,
  start: SearchStart,
  until: number,
  onProgress: OnProgress,
): Promise<Outcome> {
  const known = new Map<number, string>();
  let inputs = 0;
  const begin = performance.now();
  let secondsToFailure = 0;
  let shrinkUntil: number | undefined;
  const seen = {
    inputs: (input: number) => onProgress((inputs = Math.max(inputs, input + 1)), known.size > 0),
    failed: (input: number, error: string) => {
      if (known.size === 0) secondsToFailure = (performance.now() - begin) / 1000;
      known.set(input, error);
      shrinkUntil ??= Date.now() + (start.shrinkMs ?? shrinkMs);
    },
  };
  for (;;) {
    const ending = await watch(
      script,
      fuzzer,
      { ...start, name: fuzzer.name, until, known: [...known], shrinkUntil },
      seen,
    );
    if (ending.kind === 'passed') return { inputs };
    const failedAt = Math.min(...known.keys()) + 1;
    if (ending.kind === 'found') return { inputs, failedAt, secondsToFailure, failure: ending.failure };
    if (ending.input === undefined)
      return { inputs, failure: { path: '', shrinks: 0, shown: 'none', error: ending.error } };
    seen.failed(ending.input, ending.error);
  }
}
