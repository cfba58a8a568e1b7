import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runOnce } from '../../testing/runOnce.ts';
import { translate } from './translate.ts';

let folder: string;
beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  folder = await mkdtemp(join(tmpdir(), 'chainrule-translate-'));
});
afterAll(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

describe('the translation', () => {
  test('reads pairs from a file, the same for a seed', async () => {
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${i},you are ${i % 7} .,${['train', 'val', 'test'][i % 3]},tu es ${i % 7} .`,
    );
    await writeFile(join(folder, 'simple_eng_fra.csv'), [',source_language,split,target_language', ...rows].join('\n'));
    const options = { dataDir: folder, dataset: 'simple-eng-fra', epochs: 1, limit: 10, seed: 4 };
    const [a, b] = [await runOnce(translate, options), await runOnce(translate, options)];
    expect(a.metrics).toEqual(b.metrics);
    expect([a.dataset, a.seed]).toEqual(['simple-eng-fra', 4]);
  });
});
