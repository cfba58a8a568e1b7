import type { Backend } from '@chainrule/compiler';
import type { Figure } from './figures/figure.ts';
import type { Report } from './report.ts';

export type BackendName = 'wasm' | 'reference';

/** What a run can be told. */
export interface Options {
  readonly dataset: string | undefined;
  readonly dataDir: string | undefined;
  readonly limit: number | undefined;
  readonly epochs: number | undefined;
  readonly seed: number;
  readonly backend: BackendName;
  readonly threads: number | undefined;
  /** The folder for pictures of plots. */
  readonly plots: string;
  readonly json: string | undefined;
}

export type Pipeline = 'cnn' | 'mlp' | 'tabular' | 'rnn' | 'nlp';

/** Something to train and to measure, on data that it generates or reads. */
export interface Task {
  readonly pipeline: Pipeline;
  /** What it is called after its pipeline; a pipeline of one task needs no name. */
  readonly name?: string;
  /** A line of the help. */
  readonly about: string;
  /** Data sets that it takes: the generated one first, then the one that `--data-dir` alone means. */
  readonly dataSets: readonly [generated: string, ...others: string[]];
  readonly run: (run: Run) => Promise<Report>;
}

/** What a task gets. */
export interface Run {
  readonly options: Options;
  /** One of the task's data sets; what is not the first is in `options.dataDir`. */
  readonly dataset: string;
  readonly backend: Backend;
  /** The backend in words. */
  readonly on: string;
  /** Prints a plot, and writes it as a picture into the folder of plots. */
  readonly show: (figure: Figure) => void;
}

/** As it is asked for: `cnn`, `rnn airline`. */
export function taskName({ pipeline, name }: Pick<Task, 'pipeline' | 'name'>): string {
  return name === undefined ? pipeline : `${pipeline} ${name}`;
}
