import type { AnyTrainer } from '@chainrule/model';
import type { Variable } from '@chainrule/tensor';

/** What a reader may set: numbers, choices and switches. `seed` is always among them. */
export type Settings = { readonly seed: number } & Readonly<Record<string, number | string | boolean>>;

/** What the curves show after a step, by name. */
export type Logs = Readonly<Record<string, number>>;

/** A training that has not begun. */
export interface Run {
  /** What `step` changes: trainers and variables, by name. It is what checkpoints and files of weights hold. */
  readonly state: Readonly<Record<string, AnyTrainer | Variable>>;
  /** Takes step `n`, from 0. The result depends on `state`, on `n` and on the settings, and on nothing else. */
  step(n: number): Logs | Promise<Logs>;
}

/** The module `program.ts` of a demo: the code that its page shows, runs, and lets the reader edit. */
export interface Program<R extends Run = Run> {
  /** Builds the model. `data` are the reader's own, if there are any. */
  start(settings: never, data?: never): R | Promise<R>;
}

/** The module `inspect.ts` of a demo: what its pictures ask of a run, in the worker. */
export type Questions<R extends Run = Run> = Readonly<Record<string, (run: R, ...args: never[]) => unknown>>;
