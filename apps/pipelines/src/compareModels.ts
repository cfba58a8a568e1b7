import { progressBar } from '@chainrule/model/node';
import { plotHistory } from '@chainrule/visualize';
import { metricValue, metricWords, type Report, resultLine, type Summary, summarize } from './report.ts';
import type { TaskRun } from './task.ts';
import { textTable } from './textTable.ts';
import { type Trained, type Training, trainModel } from './trainModel.ts';

/** A training without what {@link compareModels} chooses. */
export type Variant = Omit<Training, 'name' | 'variant' | 'brief'>;

/** The trainings to compare. */
export interface Comparison<Name extends string = string> {
  /** The name in the report, such as `cnn fashion`. */
  readonly name: string;
  /** The trainings by name, in the order of the table. What they share is one object: `{ plain: { ...shared, model } }`. */
  readonly variants: Readonly<Record<Name, Variant>>;
  /** The variant whose metrics come first in the report. Default the last. */
  readonly main?: NoInfer<Name>;
  /** The title of the figure. Default `training`. */
  readonly title?: string;
  /** The curves in the figure, such as `['accuracy']`; none for no figure. Default the loss and all metrics. */
  readonly curves?: readonly string[];
  /** Whether to print the line of the result, for tasks that print none of their own. Default true. */
  readonly result?: boolean;
  /** Whether each training shows a bar and its last epoch. Default true. */
  readonly progress?: boolean;
}

/** What {@link compareModels} returns. */
export interface Compared<Name extends string = string> {
  /** Its metrics are those of the main variant, then the first metric of each other one, such as `plainTestAccuracy`. */
  readonly summary: Summary;
  readonly trained: Readonly<Record<Name, Trained>>;
}

/** Trains several models in turn, prints a table of the results, and shows all curves in one figure. */
export async function compareModels<Name extends string>(
  run: TaskRun,
  { name, variants, main, title = 'training', curves, result = true, progress = true }: Comparison<Name>,
): Promise<Compared<Name>> {
  const all = Object.entries(variants) as [Name, Variant][];
  const trained: [Name, Trained][] = [];
  for (const [variant, training] of all) {
    const { train, test, validation = curves?.length === 0 ? undefined : test, callbacks = [] } = training;
    console.log(
      `${name}, ${variant}: ${train.y.shape[0]} training samples, ${test.y.shape[0]} test samples, on ${run.on}`,
    );
    const outcome = await trainModel(run, {
      ...training,
      name,
      variant,
      ...(validation && { validation }),
      callbacks: [...(progress ? [progressBar({ per: 'training' })] : []), ...callbacks],
      brief: true,
    });
    trained.push([variant, outcome]);
  }
  const reports = trained.map(([variant, { report }]) => [variant, report] as const);
  if (curves?.length !== 0 && reports.some(([, { epochs }]) => epochs.length > 1))
    run.show(
      plotHistory(Object.fromEntries(reports.map(([variant, { epochs }]) => [variant, epochs])), {
        title,
        ...(curves && { metrics: curves }),
      }),
    );
  console.log(`${comparisonTable(reports)}\n`);
  const metrics = joinMetrics(reports, main ?? all.at(-1)![0]);
  const summary = summarize(
    { task: name, dataset: run.dataset, metrics },
    reports.map(([, report]) => report),
  );
  if (result) console.log(resultLine(summary));
  return { summary, trained: Object.fromEntries(trained) as Record<Name, Trained> };
}

type NamedReport = readonly [variant: string, report: Report];

/** All metrics of the main variant, and the first one of each other variant, under its name. */
function joinMetrics(reports: readonly NamedReport[], main: string): Report['metrics'] {
  const others = reports.flatMap(([variant, { metrics }]) =>
    variant === main
      ? []
      : Object.entries(metrics)
          .slice(0, 1)
          .map(([key, value]) => [camelCase(`${variant} ${key}`), value]),
  );
  const [, report] = reports.find(([variant]) => variant === main)!;
  return { ...report.metrics, ...(Object.fromEntries(others) as Report['metrics']) };
}

/** `L2, 0.01 testLoss` as `l2001TestLoss`, `tanh RNN testLoss` as `tanhRnnTestLoss`. */
function camelCase(words: string): string {
  const [first = '', ...others] = words.match(/[\p{L}\p{N}]+/gu) ?? [];
  // An acronym such as `RNN` becomes one word, so that `rnnTestError` reads as `rnn test error`.
  const title = (word: string): string =>
    word[0]!.toUpperCase() + (/\p{Ll}/u.test(word) ? word.slice(1) : word.slice(1).toLowerCase());
  return `${first.toLowerCase()}${others.map(title).join('')}`;
}

/** One line for each variant: its parameters, its measurements and its time. */
function comparisonTable(reports: readonly NamedReport[]): string {
  const keys = [...new Set(reports.flatMap(([, { metrics }]) => Object.keys(metrics)))];
  const rows = reports.map(([variant, { metrics, parameters, epochs, seconds }]) => [
    variant,
    parameters.toLocaleString('en-US'),
    ...keys.map((key) => (key in metrics ? metricValue(key, metrics[key]!) : '–')),
    String(epochs.length),
    `${seconds.toFixed(1)} s`,
  ]);
  return textTable([['model', 'parameters', ...keys.map(metricWords), 'epochs', 'time'], ...rows]);
}
