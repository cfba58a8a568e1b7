import type { Failure, SearchStart } from './fuzzer.ts';

/** What a process is asked to search. Times are milliseconds since 1970. */
export interface Job extends SearchStart {
  readonly name: string;
  /** When to stop looking for a failure. */
  readonly until: number;
  /**
   * Errors of earlier inputs, by their number. Where an input ended its process, the next process throws its error
   * without running it, and passes what came before: so fast-check goes on from there, and shrinks.
   */
  readonly known: readonly (readonly [input: number, error: string])[];
  /** When to stop shrinking: from then on every input passes. */
  readonly shrinkUntil?: number | undefined;
}

/** What the process tells about it, a line of JSON each. */
export type Message =
  | { readonly kind: 'start'; readonly input: number; readonly megabytes: number }
  | { readonly kind: 'failed'; readonly input: number; readonly error: string }
  | { readonly kind: 'passed' }
  | { readonly kind: 'found'; readonly failure: Failure };

/** How long fast-check may shrink, unless the search says so. */
export const shrinkMs = 60_000;
