import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { ChainruleError } from '@chainrule/errors';
import type { EpochLogs } from '@chainrule/model';

/** The report that `--json` writes. */
export interface Report {
  /** The task and, for `cnn`, `mlp` and `tabular`, the data set. */
  readonly task: string;
  readonly dataset: string;
  /** The first metric judges the task. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly epochs: readonly EpochLogs[];
  readonly seconds: number;
  readonly parameters: number;
  readonly seed: number;
}

/** The report of several models or tasks, with a report of each. */
export interface Summary extends Report {
  readonly tasks: readonly Report[];
}

/** Joins reports. By default, the metrics are those of all reports, named `<task> <metric>`. */
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

/** `testAccuracy` as `test accuracy`. */
export function metricWords(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();
}

/** Shares as percentages, such as `97.50%`, and other numbers with four digits after the point, or as `1.2e-7`. */
export function metricValue(name: string, value: number): string {
  if (/accuracy/i.test(name)) return `${(value * 100).toFixed(2)}%`;
  return value !== 0 && Math.abs(value) < 5e-5 ? value.toExponential(1) : value.toFixed(4);
}

/** `testAccuracy` as `test accuracy 97.50%`. */
export function showMetric(name: string, value: number): string {
  return `${metricWords(name)} ${metricValue(name, value)}`;
}

/** The line that every task ends with. */
export function resultLine({ metrics, seconds }: Pick<Report, 'metrics' | 'seconds'>): string {
  return [...Object.entries(metrics).map(([name, value]) => showMetric(name, value)), `${seconds.toFixed(1)} s`].join(
    ', ',
  );
}

/** Writes a temporary file and renames it, so that the old file survives a full disk. */
export function writeWhole(option: string, file: string, content: string | Uint8Array, program = 'start'): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, content, { flush: true });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new ChainruleError(`${program}: cannot write \`${option}\` ${file}: ${(error as Error).message}`);
  }
}

export function writeReport(file: string, report: Report): void {
  writeWhole('--json', file, `${JSON.stringify(report, null, 2)}\n`);
}
