import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reference } from '@chainrule/compiler';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { testOptions } from '../../testing/runOnce.ts';
import { analogySentences } from './analogyCorpus.ts';
import { keptVectors } from './trainVectors.ts';

const printed: string[] = [];
let folder: string;
beforeEach(() => {
  printed.length = 0;
  folder = mkdtempSync(join(tmpdir(), 'chainrule-vectors-'));
  vi.stubEnv('CHAINRULE_CACHE', folder);
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const run = { backend: reference(), options: testOptions };
const corpus = { name: 'small', sentences: analogySentences({ count: 60, seed: 1 }) };
const options = { vectorSize: 4, minCount: 1, epochs: 1 };

describe('keptVectors', () => {
  test('trains once for a corpus, its options and a seed', async () => {
    const first = await keptVectors(run, corpus, options);
    const second = await keptVectors(run, corpus, options);
    expect([second.vectors.words, second.vectors.vectors.toArray(), second.epochs]).toEqual([
      first.vectors.words,
      first.vectors.vectors.toArray(),
      [],
    ]);
    await keptVectors(run, corpus, { ...options, architecture: 'cbow' });
    await keptVectors({ ...run, options: { ...testOptions, seed: 2 } }, corpus, options);
    await keptVectors(run, { ...corpus, sentences: corpus.sentences.slice(1) }, options);
    expect(readdirSync(join(folder, 'vectors'))).toHaveLength(4);
    expect(printed.filter((line) => line.startsWith('epoch 1/1  loss '))).toHaveLength(4);
  });

  test('trains again if the file is damaged, and continues if it cannot be written', async () => {
    const { vectors } = await keptVectors(run, corpus, options);
    truncateSync(join(folder, 'vectors', readdirSync(join(folder, 'vectors'))[0]!), 100);
    expect((await keptVectors(run, corpus, options)).vectors.vectors.toArray()).toEqual(vectors.vectors.toArray());
    writeFileSync(join(folder, 'file'), '');
    vi.stubEnv('CHAINRULE_CACHE', join(folder, 'file'));
    expect((await keptVectors(run, corpus, options)).vectors.size).toBe(vectors.size);
    expect(printed.at(-1)).toMatch(/^vectors cannot be kept: /);
  });
});
