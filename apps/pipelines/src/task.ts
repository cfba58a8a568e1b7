import type { Backend } from '@chainrule/compiler';
import type { Figure } from '@chainrule/visualize';
import type { Report } from './report.ts';

export type BackendName = 'wasm' | 'reference';

/** The options of a run. */
export interface Options {
  readonly dataset: string | undefined;
  readonly dataDir: string | undefined;
  /** The address of a folder to download data sets from, in place of the usual ones. */
  readonly mirror: string | undefined;
  readonly limit: number | undefined;
  readonly epochs: number | undefined;
  readonly seed: number;
  readonly backend: BackendName;
  readonly threads: number | undefined;
  /** The folder for images of plots. */
  readonly plots: string;
  readonly json: string | undefined;
}

export type Pipeline = 'neuron' | 'mlp' | 'cnn' | 'rnn' | 'nlp' | 'tabular';

/** A training with its measurements, on generated data or on files. */
export interface Task {
  readonly pipeline: Pipeline;
  /** The name after that of its pipeline. `all` is taken: it stands for every task of a pipeline. */
  readonly name: string;
  /** Whether the name of its pipeline alone runs it. Default false, for tasks that take long or look at details. */
  readonly main?: boolean;
  /** One line for the help. */
  readonly about: string;
  /** The names of its data sets: first the generated one, then the default for `--data-dir`. */
  readonly dataSets: readonly [generated: string, ...others: string[]];
  /** Those of its data sets that must be in `--data-dir`; others are downloaded. */
  readonly filesOnly?: readonly string[];
  readonly run: (run: TaskRun) => Promise<Report>;
}

/** The arguments of a task. */
export interface TaskRun {
  readonly options: Options;
  /** One of the task's data sets. All but the first are files: in `options.dataDir`, or downloaded. */
  readonly dataset: string;
  readonly backend: Backend;
  /** A description of the backend. */
  readonly on: string;
  /** Prints a figure, and writes it as an SVG file into the folder of plots. */
  readonly show: (figure: Figure) => void;
}

/** The name on the command line, such as `rnn airline`. */
export function taskName({ pipeline, name }: Pick<Task, 'pipeline' | 'name'>): string {
  return `${pipeline} ${name}`;
}
