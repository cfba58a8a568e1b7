import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { FormatError, MissingDataError } from '@chainrule/errors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { questionsOf, simpleEngFra, wordsOf } from './translationPairs.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chainrule-translation-'));
});
afterAll(() => rm(folder, { recursive: true }));

const table = (splits: readonly string[]): string =>
  [
    ',source_language,split,target_language',
    ...splits.map((split, i) => `${i},i 'm number ${i} .,${split},"je suis le numéro ${i} , j'espère ."`),
  ].join('\n');

describe('wordsOf', () => {
  test('splits only after an apostrophe within a word', () => {
    expect(wordsOf("c'est aujourd’hui , i 'm  fine .")).toEqual([
      "c'",
      'est',
      'aujourd’',
      'hui',
      ',',
      'i',
      "'m",
      'fine',
      '.',
    ]);
  });
});

describe('questionsOf', () => {
  test('has each sentence once, with all its translations', () => {
    const pair = (source: string, target: string) => ({ source: [source], target: [target] });
    const [a, b, c, other] = [pair('you', 'tu'), pair('you', 'vous'), pair('you', 'tu'), pair('we', 'nous')];
    expect(questionsOf([a, c], [a, b, c, other])).toEqual([{ source: ['you'], references: [['tu'], ['vous']] }]);
  });
});

describe('simpleEngFra', () => {
  test('reads pairs by their split, from the folder or its subfolder, plain or gzipped', async () => {
    const text = table(['train', 'test', 'val', 'train']);
    for (const [place, content] of [
      ['translation/simple_eng_fra.csv.gz', gzipSync(text)],
      ['simple_eng_fra.csv', text],
    ] as const) {
      await mkdir(join(folder, 'translation'), { recursive: true });
      await writeFile(join(folder, place), content);
      const pairs = await simpleEngFra(folder);
      expect(pairs.train.map(({ source }) => source.join(' '))).toEqual(["i 'm number 0 .", "i 'm number 3 ."]);
      expect([pairs.validation.length, pairs.test.map(({ target }) => target.join(' '))]).toEqual([
        1,
        ["je suis le numéro 1 , j' espère ."],
      ]);
      await rm(join(folder, place));
    }
  });

  test('errors name the folder, or the problem in the file', async () => {
    await expect(simpleEngFra(join(folder, 'none'))).rejects.toThrow(MissingDataError);
    await writeFile(join(folder, 'simple_eng_fra.csv'), table(['train', 'dev']));
    await expect(simpleEngFra(folder)).rejects.toThrow(FormatError);
    await expect(simpleEngFra(folder)).rejects.toThrow('expected the splits train, val and test, got "dev"');
  });
});
