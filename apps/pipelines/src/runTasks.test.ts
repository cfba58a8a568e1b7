import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MissingDataError } from '@chainrule/errors';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Report, Summary } from './report.ts';
import { runTasks } from './runTasks.ts';
import type { Task } from './task.ts';
import { testOptions } from '../testing/runOnce.ts';

const report: Report = {
  task: 'rnn airline',
  dataset: 'growth',
  metrics: { testError: 0.25, naiveTestError: 0.5, others: 3 },
  epochs: [{ epoch: 0, loss: 1 }],
  seconds: 2,
  parameters: 3,
  seed: 4,
};
const airline: Task = {
  pipeline: 'rnn',
  name: 'airline',
  about: 'passengers',
  dataSets: ['growth'],
  run: ({ show }) => {
    show({
      kind: 'lines',
      title: 'Held out: 1 Year',
      x: 'month',
      y: 'passengers',
      series: [
        {
          name: 'truth',
          points: [
            [0, 1],
            [1, 2],
          ],
        },
      ],
    });
    return Promise.resolve(report);
  },
};
const missing: Task = {
  ...airline,
  name: 'names',
  run: () => Promise.reject(new MissingDataError('names: expected names.txt, got none')),
};

let folder: string;
const printed: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chainrule-tasks-'));
  printed.length = 0;
  for (const method of ['log', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const run = (tasks: readonly Task[]): Promise<boolean> =>
  runTasks({
    name: 'rnn',
    tasks,
    options: { ...testOptions, plots: join(folder, 'plots'), json: join(folder, 'report.json') },
  });
const written = (): Report => JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;

describe('runTasks', () => {
  test('writes the report of one task, and its plots as images', async () => {
    expect(await run([airline])).toBe(true);
    expect(written()).toEqual(report);
    expect(readdirSync(join(folder, 'plots'))).toEqual(['rnn-airline-held-out-1-year.svg']);
    expect(printed.join('\n')).toContain('Held out: 1 Year: passengers over month');
  });

  test('continues after a failed task, reports it in the table, and returns false', async () => {
    expect(await run([missing, airline])).toBe(false);
    expect(`\n${printed.at(-2)!.trim()}\n`).toMatchInlineSnapshot(`
      "
      task          data     result                                       time
      ─────────────────────────────────────────────────────────────────────────
      rnn names     –        names: expected names.txt, got none
      rnn airline   growth   test error 0.2500, naive test error 0.5000   2.0 s
      "
    `);
    const { task, metrics, seconds, tasks } = written() as Summary;
    expect([task, metrics, seconds, tasks]).toEqual([
      'rnn',
      { 'rnn airline testError': 0.25, 'rnn airline naiveTestError': 0.5, 'rnn airline others': 3 },
      2,
      [report],
    ]);
  });

  test('throws if a single task fails', async () => {
    await expect(run([missing])).rejects.toThrow('names: expected names.txt');
  });

  test('names the folder of plots that cannot be created', async () => {
    const bad = runTasks({
      name: 'rnn airline',
      tasks: [airline],
      options: { ...testOptions, plots: '/dev/null/plots' },
    });
    await expect(bad).rejects.toThrow('start: cannot make the folder `--plots` /dev/null/plots: ENOTDIR');
  });
});
