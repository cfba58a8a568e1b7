import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MissingDataError } from '@chainrule/errors';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Figure } from '@chainrule/visualize';
import type { Summary } from '../report.ts';
import type { Options } from '../task.ts';
import { runOnce } from '../../testing/runOnce.ts';
import { airline } from './airline.ts';
import { growth } from './loadPassengers.ts';

let folder: string;
beforeAll(() => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  folder = mkdtempSync(join(tmpdir(), 'chainrule-airline-'));
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const run = async (options: Partial<Options> = {}, figures: Figure[] = []): Promise<Summary> =>
  (await runOnce(airline, options, figures)) as Summary;

/** Runs on a series from a file. */
function runOn(values: readonly number[], options: Partial<Options> = {}): Promise<Summary> {
  const lines = values.map(
    (value, i) => `${1949 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')},${value}`,
  );
  writeFileSync(join(folder, 'airline-passengers.csv'), ['Month,Passengers', ...lines].join('\n'));
  return run({ dataDir: folder, ...options });
}

describe('the passengers', () => {
  test('are forecast better than by last month and last year, with the same result twice', async () => {
    const figures: Figure[] = [];
    const [a, b] = [await run({}, figures), await run()];
    expect(a.tasks.map(({ task }) => task)).toEqual(['rnn airline linear', 'rnn airline LSTM']);
    for (const { metrics } of a.tasks) {
      expect(metrics['testNextYearRmse']).toBeLessThan(a.metrics['naiveNextYearRmse']!);
      expect(metrics['testNextMonthMape']).toBeLessThan(a.metrics['naiveNextMonthMape']!);
    }
    expect(a.metrics).toEqual(b.metrics);
    expect(figures.map(({ title }) => title)).toEqual(['one month ahead', 'a year ahead']);
  });

  test('follow a pattern that the linear model finds in data without noise', async () => {
    const season = [0, 0.1, 0.3, -0.1, -0.2, 0, 0.2, 0.1, -0.3, 0, 0.1, -0.2];
    const { tasks } = await runOn(
      Array.from({ length: 144 }, (_, month) => 100 * Math.exp(0.01 * month + season[month % 12]!)),
      { epochs: 600 },
    );
    expect(tasks[0]!.metrics['testNextMonthMape']).toBeLessThan(0.5);
    expect(tasks[0]!.metrics['testNextYearMape']).toBeLessThan(2);
  });

  test('of the second half do not affect training', async () => {
    const passengers = growth(1);
    const changed = passengers.map((value, month) => (month < 72 ? value : 5 * value + 100));
    const [a, b] = [await runOn(passengers, { epochs: 3 }), await runOn(changed, { epochs: 3 })];
    expect(a.tasks.map(({ epochs }) => epochs)).toEqual(b.tasks.map(({ epochs }) => epochs));
    expect(a.metrics).not.toEqual(b.metrics);
  });

  test('have an error that names the missing file', async () => {
    await expect(run({ dataDir: join(folder, 'none') })).rejects.toThrow(MissingDataError);
  });
});
