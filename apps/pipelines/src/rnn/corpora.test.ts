import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FormatError } from '@chainrule/errors';
import { describe, expect, test } from 'vitest';
import { testOptions } from '../../testing/runOnce.ts';
import { testSurroundings } from '../../testing/surroundings.ts';
import { loadCorpus } from './corpora.ts';

const { folder } = testSurroundings('corpora');
const read = (dataset: string, file: string, text: string) => {
  writeFileSync(join(folder, file), text);
  return loadCorpus({ dataset, options: { ...testOptions, dataDir: folder } });
};

describe('a corpus', () => {
  test('of names needs ten different ones', async () => {
    const names = [...'abcdefghij'].map((letter) => `${letter}nn\n`);
    const { train, test } = await read('names', 'names.txt', names.join(''));
    expect([train.length, test.length]).toEqual([9, 1]);
    for (const [text, got] of [
      ['', 0],
      ['ann\n'.repeat(20), 1],
      [names.slice(1).join(''), 9],
    ] as const) {
      const problem = read('names', 'names.txt', text);
      await expect(problem).rejects.toThrow(FormatError);
      await expect(problem).rejects.toThrow(
        `names.txt: expected at least 10 different names, got ${got}; the file is too short`,
      );
    }
  });

  test('of passages needs one to hold out', async () => {
    const text = 'Speak.\n'.repeat(200);
    for (const length of [1001, 1009, 1010, 1099]) {
      const { train, test } = await read('shakespeare', 'tinyshakespeare.txt', text.slice(0, length));
      expect([train.length >= 8, test.length]).toEqual([true, 1]);
    }
    for (const length of [0, 100, 1000])
      await expect(read('shakespeare', 'tinyshakespeare.txt', text.slice(0, length))).rejects.toThrow(
        `tinyshakespeare.txt: expected at least 1001 characters, got ${length}; the file is too short`,
      );
  });
});
