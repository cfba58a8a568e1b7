import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { ChainruleError } from '@chainrule/errors';
import type { EpochLogs } from '@chainrule/model';

/** What `--json` writes. */
export interface Report {
  /** The task and, for `cnn`, `mlp` and `tabular`, the data set. */
  readonly task: string;
  readonly dataset: string;
  /** The first is what the task is judged by. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly epochs: readonly EpochLogs[];
  readonly seconds: number;
  readonly parameters: number;
  readonly seed: number;
}

/** What `--json` writes of several models or tasks: the same, and the reports of all. */
export interface Summary extends Report {
  readonly tasks: readonly Report[];
}

/** Several reports as one; by default its metrics are all of theirs, as `<task> <metric>`. */
export function summarize(
  of: Pick<Report, 'task' | 'dataset'> & { readonly metrics?: Report['metrics'] },
  tasks: readonly Report[],
): Summary {
  const total = (count: (report: Report) => number): number => tasks.reduce((sum, report) => sum + count(report), 0);
  const all = tasks.flatMap((report) =>
    Object.entries(report.metrics).map(([name, value]) => [`${report.task} ${name}`, value] as const),
  );
  return {
    task: of.task,
    dataset: of.dataset,
    metrics: of.metrics ?? Object.fromEntries(all),
    epochs: [],
    seconds: total(({ seconds }) => seconds),
    parameters: total(({ parameters }) => parameters),
    seed: tasks[0]?.seed ?? 0,
    tasks,
  };
}

/** `testAccuracy` as `test accuracy 97.50%`. */
export function showMetric(name: string, value: number): string {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return `${words} ${/accuracy/i.test(name) ? `${(value * 100).toFixed(2)}%` : value.toFixed(4)}`;
}

/** The line that every task ends with. */
export function resultLine({ metrics, seconds }: Pick<Report, 'metrics' | 'seconds'>): string {
  return [...Object.entries(metrics).map(([name, value]) => showMetric(name, value)), `${seconds.toFixed(1)} s`].join(
    ', ',
  );
}

/** Writes a file beside its place and moves it there, so that a former one survives a full disk. */
export function writeWhole(option: string, file: string, content: string | Uint8Array): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, content, { flush: true });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new ChainruleError(`start: cannot write \`${option}\` ${file}: ${(error as Error).message}`);
  }
}

export function writeReport(file: string, report: Report): void {
  writeWhole('--json', file, `${JSON.stringify(report, null, 2)}\n`);
}
