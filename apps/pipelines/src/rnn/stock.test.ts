import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Figure } from '@chainrule/visualize';
import type { Summary } from '../report.ts';
import type { Options } from '../task.ts';
import { runOnce } from '../../testing/runOnce.ts';
import { columnChanges } from './columnChanges.ts';
import { columns, randomWalk, walkedDays } from './loadDays.ts';
import { stock } from './stock.ts';

let folder: string;
const printed: string[] = [];
beforeAll(() => {
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  folder = mkdtempSync(join(tmpdir(), 'chainrule-stock-'));
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const run = async (options: Partial<Options> = {}, figures: Figure[] = []): Promise<Summary> =>
  (await runOnce(stock, options, figures)) as Summary;

/** Runs on prices from a file, in which a day has one price. */
function runOn(closes: readonly number[], options: Partial<Options> = {}): Promise<Summary> {
  const lines = closes.map((close, day) => {
    const date = new Date(Date.UTC(2013, 1, 8 + day)).toISOString().slice(0, 10);
    return `${date},${close},${close},${close},${close},1000,SBUX`;
  });
  writeFileSync(join(folder, 'sbux.csv'), ['date,open,high,low,close,volume,Name', ...lines].join('\n'));
  return run({ dataDir: folder, ...options });
}

describe('the share', () => {
  test('seems predictable, but the price of the day before is a better forecast', async () => {
    const figures: Figure[] = [];
    const { tasks, metrics } = await run({}, figures);
    const linear = tasks[0]!.metrics;
    expect(linear['testPriceR2']).toBeGreaterThan(0.9);
    expect(linear['testPriceErrorToNaive']).toBeGreaterThan(0.99);
    expect(linear['testPriceErrorToNaive']).toBeLessThan(1.2);
    expect(linear['testReturnErrorToNaive']).toBeGreaterThan(0.98);
    // Four standard deviations of a fair coin.
    for (const share of [linear['testDirectionAccuracy']!, metrics['testDirectionAccuracy']!])
      expect(Math.abs(share - 0.5)).toBeLessThan(0.08);
    expect(printed.join('\n')).toContain('No forecast of the next price is better than the price of the day before');
    expect(figures.map(({ title }) => title)).toEqual([
      'price of the next day',
      'price from the first half alone',
      'return of the next day',
    ]);
  });

  test('is predictable if its returns depend on earlier returns', async () => {
    const closes = Array.from({ length: 400 }, (_, day) => 30 * Math.exp(0.05 * Math.sin(0.9 * day)));
    const { tasks } = await runOn(closes);
    for (const { metrics } of tasks) {
      expect(metrics['testReturnErrorToNaive']).toBeLessThan(0.5);
      expect(metrics['testDirectionAccuracy']).toBeGreaterThan(0.8);
    }
  });

  test('has five columns, of which each day gives the changes since the close before', () => {
    const days = walkedDays(1);
    expect(days.close).toEqual(randomWalk(1));
    expect(columns.map((name) => days[name].length)).toEqual([1259, 1259, 1259, 1259, 1259]);
    days.close.forEach((close, day) => {
      expect(days.high[day]!).toBeGreaterThanOrEqual(Math.max(close, days.open[day]!));
      expect(days.low[day]!).toBeLessThanOrEqual(Math.min(close, days.open[day]!));
    });
    const changes = columnChanges({ open: [1, 2], high: [1, 8], low: [1, 1], close: [2, 4], volume: [100, 50] });
    expect(changes).toEqual([[Math.log(2), 0, Math.log(4), Math.log(0.5), Math.log(0.5)]]);
  });

  test('of the second half does not affect training, and the result is the same twice', async () => {
    const closes = randomWalk(1).slice(0, 200);
    const changed = closes.map((close, day) => (day < 100 ? close : 9 * close));
    const [a, b, c] = [
      await runOn(closes, { epochs: 2 }),
      await runOn(changed, { epochs: 2 }),
      await runOn(closes, { epochs: 2 }),
    ];
    expect(a.tasks.map(({ epochs }) => epochs)).toEqual(b.tasks.map(({ epochs }) => epochs));
    expect(a.metrics).toEqual(c.metrics);
    expect(a.metrics).not.toEqual(b.metrics);
  });
});
