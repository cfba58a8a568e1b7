import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MissingDataError } from '@chainrule/errors';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Figure } from '@chainrule/visualize';
import { runOnce } from '../../testing/runOnce.ts';
import { activity } from './activity.ts';
import { motionNames, watchMotions } from './motions.ts';

// Several models are compiled and trained.
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'chainrule-activity-'));
const printed: string[] = [];
beforeEach(() => {
  printed.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Two activities in the format of the real files with other channels: one constant and one periodic. */
function writeMotions(count: number): void {
  const line = (i: number): string =>
    `${[1, 2].map((c) => Array.from({ length: 8 }, (_, t) => (i % 2 ? c * (-1) ** t : 0.1 * c).toFixed(2)).join(',')).join(':')}:${i % 2 ? 'Swing' : 'Rest'}`;
  for (const split of ['TRAIN', 'TEST'])
    writeFileSync(
      join(folder, `BasicMotions_${split}.ts`),
      `@classLabel true Rest Swing\n@data\n${Array.from({ length: count }, (_, i) => line(i)).join('\n')}\n`,
    );
}

describe('rnn activity', () => {
  test('learns to distinguish generated motions, and shows a confusion matrix', async () => {
    const figures: Figure[] = [];
    const report = await runOnce(activity, { limit: 80, epochs: 4 }, figures);
    expect(report.metrics['testAccuracy']).toBeGreaterThan(0.4); // a guess is a quarter
    expect(Object.keys(report.metrics)[0]).toBe('testAccuracy');
    expect(figures[0]).toMatchObject({ title: 'motions', series: motionNames.map((name) => ({ name })) });
    expect(figures.at(-1)).toMatchObject({ title: 'confusion matrix', rows: motionNames });
    expect(printed.join('\n')).toContain('80 training samples, 400 test samples');
  });

  test('reads series from files, of any classes, channels and steps', async () => {
    writeMotions(12);
    const figures: Figure[] = [];
    const report = await runOnce(activity, { dataDir: folder, epochs: 10 }, figures);
    expect([report.dataset, report.metrics['testAccuracy']]).toEqual(['basic-motions', 1]);
    expect(figures.at(-1)).toMatchObject({ rows: ['Rest', 'Swing'] });
    await runOnce(activity, { dataDir: folder, epochs: 1, limit: 3 });
    expect(printed.join('\n')).toContain('3 training samples, 12 test samples');
  });

  test('names the missing file', async () => {
    const run = runOnce(activity, { dataDir: join(folder, 'nowhere') });
    await expect(run).rejects.toThrow(MissingDataError);
    await expect(run).rejects.toThrow('basicMotions: expected BasicMotions_TRAIN.ts in `dataDir`');
  });

  test('draws the same motions for the same seed, and each kind equally often', () => {
    const { x, y } = watchMotions(8, 1);
    expect([...y.data]).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
    expect(watchMotions(8, 1).x.toArray()).toEqual(x.toArray());
    expect(watchMotions(8, 2).x.toArray()).not.toEqual(x.toArray());
  });
});
