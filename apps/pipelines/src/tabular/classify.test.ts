import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormatError, MissingDataError } from '@chainrule/errors';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Options } from '../task.ts';
import type { Report } from '../report.ts';
import { runOnce } from '../../testing/runOnce.ts';
import { classifyRows } from './classify.ts';

const runTabular = (options: Partial<Options>): Promise<Report> => runOnce(classifyRows, { epochs: 3, ...options });
let folder: string;

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  folder = await mkdtemp(join(tmpdir(), 'chainrule-tabular-'));
  await mkdir(join(folder, 'tabular'));
});
afterAll(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

/** Rows of two features, the first of which determines the class. */
function table(rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => `${(i % 2 === 0 ? -1 : 1) + (i % 7) / 20},${i % 5},${i % 2}`);
  return [`${rows},2,malignant,benign`, ...lines].join('\n');
}

describe('tabular classify', () => {
  test('separates generated points, with the same result for the same seed', async () => {
    const [a, b] = [await runTabular({}), await runTabular({})];
    expect(a.metrics['testAccuracy']).toBeGreaterThan(0.8);
    expect({ ...a, seconds: 0 }).toEqual({ ...b, seconds: 0 });
    expect([a.task, a.parameters, a.epochs.length, a.seed]).toEqual(['tabular blobs', 11, 3, 1]);
  });

  test('learns the same on the reference, except for rounding', async () => {
    const [wasm, reference] = [await runTabular({}), await runTabular({ backend: 'reference', threads: undefined })];
    reference.epochs.forEach(({ loss }, i) => expect(wasm.epochs[i]!['loss']).toBeCloseTo(loss!, 4));
    expect(wasm.metrics['testLoss']).toBeCloseTo(reference.metrics['testLoss']!, 4);
  });

  test('reads the table from the folder or its subfolder', async () => {
    await writeFile(join(folder, 'tabular', 'breast_cancer.csv'), table(900));
    const report = await runTabular({ dataset: 'breast-cancer', dataDir: folder, epochs: 20 });
    expect([report.task, report.parameters, report.metrics['testAccuracy']]).toEqual(['tabular breast-cancer', 3, 1]);
  });

  test('trains on the first rows if a limit is set', async () => {
    const lines: string[] = [];
    vi.mocked(console.log).mockImplementation((line: string) => void lines.push(line));
    await runTabular({ limit: 40, epochs: 1 });
    vi.mocked(console.log).mockImplementation(() => undefined);
    expect(lines[0]).toMatch(/^tabular blobs: 40 training samples, 200 test samples/);
  });

  test('errors name the folder of a missing table, or the problem in the table', async () => {
    await expect(runTabular({ dataset: 'breast-cancer', dataDir: join(folder, 'none') })).rejects.toThrow(
      MissingDataError,
    );
    await writeFile(join(folder, 'breast_cancer.csv'), '1,2,a,b\n1,x,0\n');
    await expect(runTabular({ dataset: 'breast-cancer', dataDir: folder })).rejects.toThrow(FormatError);
  });
});
