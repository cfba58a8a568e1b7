import type { Limits } from './measure.ts';
import type { SharedTask, Task } from './workloads.ts';

/** The libraries that are compared; this one comes first. */
export const libraries = ['chainrule', 'torch', 'tfjs-wasm', 'tfjs-cpu', 'jax-js', 'onnxruntime'] as const;
export type Library = (typeof libraries)[number];
export type Peer = Exclude<Library, 'chainrule'>;

/** The settings of a library for a measurement. */
export interface Setting {
  readonly threads: number;
  /** A further setting to show in the table, such as `channels last`. */
  readonly note: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly channelsLast?: boolean;
}

/** The task of one process. */
export interface Job {
  readonly library: Library;
  /** The model; without dropout if the job only compares losses. */
  readonly task: Task;
  readonly setting: Setting;
  readonly limits: Limits;
  /** This library's backend. */
  readonly backend: string;
  /** The folder in which the packages of the peer are installed. */
  readonly packages?: string;
}

/** Messages that a process prints, each a line of JSON. */
export type Message =
  | { readonly kind: 'step'; readonly done: number }
  | {
      readonly kind: 'done';
      readonly losses: readonly number[];
      readonly times: readonly number[];
      readonly peakBytes: number;
    }
  /** The library cannot do the task. */
  | { readonly kind: 'cannot'; readonly reason: string };

/** Thrown by a library's adapter for a task that it cannot do. */
export class UnsupportedTaskError extends Error {
  override name = 'UnsupportedTaskError';
}

/** Returns the task if libraries of JavaScript can do it. */
export function sharedTask(task: Task): SharedTask {
  if (task.kind === 'compile') throw new UnsupportedTaskError('has no programs to compile');
  if (task.kind === 'augment') throw new UnsupportedTaskError('does not augment images');
  return task;
}
