import type { Limits } from './measure.ts';
import type { SharedTask, Task } from './workloads.ts';

/** The libraries that are measured against one another; this one first. */
export const libraries = ['chainrule', 'torch', 'tfjs-wasm', 'tfjs-cpu', 'jax-js', 'onnxruntime'] as const;
export type Library = (typeof libraries)[number];
export type Peer = Exclude<Library, 'chainrule'>;

/** How a library is set up for a measurement. */
export interface Setting {
  readonly threads: number;
  /** What else distinguishes it in the table, such as `channels last`. */
  readonly note: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly channelsLast?: boolean;
}

/** What one process is told to do. */
export interface Job {
  readonly library: Library;
  /** Without dropout where only the losses matter. */
  readonly task: Task;
  readonly setting: Setting;
  readonly limits: Limits;
  /** This library's backend. */
  readonly backend: string;
  /** Where the peer's packages are installed. */
  readonly packages?: string;
}

/** What a process prints, a line of JSON each. */
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
export class CannotError extends Error {
  override name = 'CannotError';
}

/** The task, if peers have it. */
export function sharedTask(task: Task): SharedTask {
  if (task.kind === 'compile') throw new CannotError('has no programs to compile');
  return task;
}
