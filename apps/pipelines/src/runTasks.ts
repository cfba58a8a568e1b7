import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ChainruleError } from '@chainrule/errors';
import { type Figure, toText } from '@chainrule/visualize';
import { toSvg } from '@chainrule/visualize/node';
import { openBackend } from './openBackend.ts';
import { dataSetOf, type Selection } from './options.ts';
import { type Report, showMetric, summarize, writeReport, writeWhole } from './report.ts';
import { type Task, taskName } from './task.ts';
import { terminalColumns, textTable } from './textTable.ts';

/** The outcome of a task: its report, or the error. */
interface Outcome {
  readonly task: Task;
  readonly report?: Report;
  readonly problem?: string;
}

/** Runs tasks in turn, prints a table of their results, and writes the report. @returns whether all succeeded */
export async function runTasks({ name, tasks, options }: Selection): Promise<boolean> {
  const opened = await openBackend(options);
  const outcomes: Outcome[] = [];
  try {
    for (const task of tasks) {
      const title = taskName(task);
      if (tasks.length > 1)
        console.log(
          `\n━━ ${title} ${'━'.repeat(Math.max(0, Math.min(80, terminalColumns()) - 4 - title.length))}\n${task.about}\n`,
        );
      const show = (figure: Figure): void => {
        console.log(`\n${drawn(figure)}\npicture: ${savePicture(options.plots, title, figure)}\n`);
      };
      try {
        outcomes.push({
          task,
          report: await task.run({
            options,
            dataset: dataSetOf(task, options),
            backend: opened.backend,
            on: opened.label,
            show,
          }),
        });
      } catch (error) {
        // If one of several tasks fails, for example because its data are missing, the others still run.
        if (!(error instanceof ChainruleError) || tasks.length === 1) throw error;
        outcomes.push({ task, problem: error.message });
        console.error(error.message);
      }
    }
  } finally {
    opened.close();
  }
  const reports = outcomes.flatMap(({ report }) => report ?? []);
  if (tasks.length > 1) console.log(`\n${resultTable(outcomes)}`);
  if (options.json !== undefined) {
    writeReport(
      options.json,
      tasks.length === 1 ? reports[0]! : summarize({ task: name, dataset: 'several' }, reports),
    );
    console.log(`written to ${options.json}`);
  }
  return reports.length === tasks.length;
}

/** The figure as wide as the terminal, in color if there is one. */
function drawn(figure: Figure): string {
  const { columns = 80, isTTY = false } = process.stdout;
  return toText(figure, { columns: Math.max(20, columns), color: isTTY });
}

/** Writes a figure as `<task> <title>.svg`, in lowercase with hyphens. */
function savePicture(folder: string, task: string, figure: Figure): string {
  const name = `${task} ${figure.title}`
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80);
  const file = join(folder, `${name}.svg`);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new ChainruleError(`start: cannot make the folder \`--plots\` ${folder}: ${(error as Error).message}`);
  }
  writeWhole('--plots', file, toSvg(figure, { theme: 'light' }));
  return file;
}

/** One line for each task: its data, its first two metrics, and its time. */
function resultTable(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ task, report, problem }) => {
    if (!report) return [taskName(task), '–', problem!, ''];
    const measures = Object.entries(report.metrics)
      .slice(0, 2)
      .map(([name, value]) => showMetric(name, value));
    return [taskName(task), report.dataset, measures.join(', '), `${report.seconds.toFixed(1)} s`];
  });
  const [head, ...body] = textTable([['task', 'data', 'result', 'time'], ...rows]).split('\n');
  return [head!, '─'.repeat(Math.max(...[head!, ...body].map((line) => line.length))), ...body].join('\n');
}
