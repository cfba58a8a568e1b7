import type { CurveMark, Demo } from './demo.ts';
import type { Logs } from './program.ts';
import type { PastRun } from './storage.ts';

/** `idle`: nothing is built. `starting`: the worker builds. `paused`, `running`: between and in steps. `done`: all steps. */
export type Status = 'idle' | 'starting' | 'paused' | 'running' | 'done' | 'failed';

/** What a page shows of a demo. */
export interface DemoState {
  status: Status;
  /** Whether the settings of the query and the kept training are there: before, do not ask. */
  isOpen: boolean;
  /** Steps taken. */
  step: number;
  threads: number;
  /** Why it failed. */
  error: string;
  /** The program, perhaps edited. */
  source: string;
  /** The reader's own data. */
  data: unknown;
  /** Logs of each step. */
  logs: readonly Logs[];
  /** Earlier trainings. */
  runs: readonly PastRun[];
  /** Vertical lines in the curves, which a view sets. */
  marks: readonly CurveMark[];
}

export const initialState = (demo: Demo): DemoState => ({
  status: 'idle',
  isOpen: false,
  step: 0,
  threads: 0,
  error: '',
  source: demo.source,
  data: undefined,
  logs: [],
  runs: [],
  marks: [],
});
