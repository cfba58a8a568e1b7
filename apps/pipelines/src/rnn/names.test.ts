import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Report } from '../report.ts';
import { runOnce } from '../../testing/runOnce.ts';
import { wholeTexts, windows } from './characterNet.ts';
import { names } from './names.ts';
import { syllableNames, syllablePerplexity } from './syllables.ts';

// Several models are compiled and trained.
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'chainrule-names-'));
const printed: string[] = [];
beforeEach(() => {
  printed.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('rnn names', () => {
  test('learns the rules of generated names, and writes 20 new ones', async () => {
    const report = await runOnce(names, { limit: 600, epochs: 3 });
    const { testPerplexity, manyToOneTestPerplexity, minPossiblePerplexity } = report.metrics;
    expect(Object.keys(report.metrics)).toEqual(['testPerplexity', 'manyToOneTestPerplexity', 'minPossiblePerplexity']);
    expect(testPerplexity).toBeLessThan(9); // of 16 characters
    expect(manyToOneTestPerplexity).toBeLessThan(9);
    expect(minPossiblePerplexity).toBeLessThan(testPerplexity!);
    const known = new Set(syllableNames(600, 1));
    const lists = printed
      .filter((line) => line.startsWith('written at'))
      .map((line) => line.split('\n')[1]!.split(', '));
    expect(lists.map((list) => [list.length, new Set(list).size, list.some((name) => known.has(name))])).toEqual([
      [20, 20, false],
      [20, 20, false],
    ]);
  });

  test('splits real names, each once, and holds out a tenth', async () => {
    writeFileSync(join(folder, 'names.txt'), `${[...syllableNames(100, 2), ...syllableNames(100, 2)].join('\n')}\n`);
    const run = async (): Promise<Report> => runOnce(names, { dataDir: folder, epochs: 1, limit: 50 });
    const report = await run();
    const different = new Set(syllableNames(100, 2)).size;
    expect(printed.join('\n')).toContain(
      `rnn names many-to-many: 50 training samples, ${Math.floor(different / 10)} test samples`,
    );
    expect((await run()).metrics).toEqual(report.metrics);
    expect(report.metrics).not.toHaveProperty('minPossiblePerplexity');
  });

  test('writes a passage after reading plays', async () => {
    writeFileSync(join(folder, 'tinyshakespeare.txt'), 'To be, or not to be:\nthat is the question.\n'.repeat(60));
    const report = await runOnce(names, { dataDir: folder, dataset: 'shakespeare', epochs: 1 });
    expect(report.metrics['testPerplexity']).toBeLessThan(25);
    const passages = printed.filter((line) => line.startsWith('written at temperature'));
    expect(passages).toHaveLength(2);
    expect(passages[0]).not.toBe(passages[1]);
    for (const passage of passages) expect(passage.length).toBeGreaterThan(300);
  });
});

describe('samples of characters', () => {
  test('many-to-many pads both sides at the same steps', () => {
    const { x, y } = wholeTexts(
      [
        [1, 2, 3, 1],
        [1, 4, 1],
      ],
      4,
    );
    expect([x.toArray(), y.toArray()]).toEqual([
      [
        [1, 2, 3, 0],
        [1, 4, 0, 0],
      ],
      [
        [2, 3, 1, 0],
        [4, 1, 0, 0],
      ],
    ]);
  });

  test('many-to-one has a window for each position except the first, or evenly spaced ones', () => {
    const all = windows(
      [
        [1, 2, 3, 1],
        [1, 4, 1],
      ],
      2,
      100,
    );
    expect([all.x.toArray(), all.y.toArray()]).toEqual([
      [
        [0, 1],
        [1, 2],
        [2, 3],
        [0, 1],
        [1, 4],
      ],
      [2, 3, 1, 4, 1],
    ]);
    expect(
      windows(
        [
          [1, 2, 3, 1],
          [1, 4, 1],
        ],
        2,
        2,
      ).y.toArray(),
    ).toEqual([2, 1]);
  });
});

describe('names of syllables', () => {
  test('use one group of vowels, and end with their first letter', () => {
    for (const name of syllableNames(300, 3))
      expect(name).toMatch(/^([bdfgklmnrt])([bdfgklmnrt]?[ei]){2,4}\1$|^([bdfgklmnrt])([bdfgklmnrt]?[aou]){2,4}\3$/);
  });

  test('have the perplexity of their random choices', () => {
    // 3 sizes, 2 kinds, and 10 consonants times 2 or 3 vowels twice, over 6 letters and ends.
    expect(syllablePerplexity(['kedek'])).toBeCloseTo((3 * 2 * 20 ** 2) ** (1 / 6), 12);
    expect(syllablePerplexity(['kadok'])).toBeCloseTo((3 * 2 * 30 ** 2) ** (1 / 6), 12);
  });
});
