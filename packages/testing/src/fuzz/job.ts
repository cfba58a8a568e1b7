import type { Failure, SearchStart } from './fuzzer.ts';

/** The search that a process runs. Times are milliseconds since 1970. */
export interface Job extends SearchStart {
  readonly name: string;
  /** When to stop looking for a failure. */
  readonly until: number;
  /**
   * Errors of earlier inputs, by their number. If an input ended its process, the next process throws its error
   * without running it, and passes all inputs before, so that fast-check continues from there and shrinks.
   */
  readonly known: readonly (readonly [input: number, error: string])[];
  /** When to stop shrinking; afterwards every input passes. */
  readonly shrinkUntil?: number | undefined;
}

/** Messages of the process, each a line of JSON. */
export type Message =
  | { readonly kind: 'start'; readonly input: number; readonly megabytes: number }
  | { readonly kind: 'failed'; readonly input: number; readonly error: string }
  | { readonly kind: 'passed' }
  | { readonly kind: 'found'; readonly failure: Failure };

/** The default time for shrinking, in milliseconds. */
export const shrinkMs = 60_000;
