import type { TaskRun } from '../task.ts';

/** Figures that teaching material states for one subject, with the trainings that should reach them. */
export interface Experiment {
  readonly name: string;
  /** The models and their data: the paragraph above the table. */
  readonly about: string;
  readonly rows: readonly Row[];
}

/** One figure. */
export interface Row {
  /** The model or the setting. */
  readonly name: string;
  readonly measure: Measure;
  /** The stated figure. Left out where the material states none. */
  readonly stated?: number;
  /** Why the figure here differs, or what had to be chosen. */
  readonly note?: string;
  /** Trains with the seed of the options. @returns the figure */
  readonly run: (run: TaskRun) => Promise<number>;
}

/** What a figure measures: its name, and whether a large one is good. */
export interface Measure {
  readonly name: string;
  readonly best: 'high' | 'low';
  /** Whether it is a share of 1, shown in percent. */
  readonly share: boolean;
}

export const accuracy: Measure = { name: 'test accuracy', best: 'high', share: true };
export const error: Measure = { name: 'test error', best: 'low', share: true };

/** The figures of a row: one for each seed. */
export interface Result {
  readonly experiment: string;
  readonly row: string;
  readonly measure: string;
  readonly stated?: number;
  readonly figures: readonly number[];
  /** Median seconds of a training. */
  readonly seconds: number;
}
