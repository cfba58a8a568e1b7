import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { englishFrench, questionsOf, wordsOf } from './translationPairs.ts';

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

test('englishFrench splits the sentences of each part into words', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'chainrule-translation-'));
  const rows = ['train', 'test', 'val', 'train'].map(
    (split, i) => `${i},i 'm number ${i} .,${split},"je suis le numéro ${i} , j'espère ."`,
  );
  await writeFile(join(folder, 'simple_eng_fra.csv'), [',source_language,split,target_language', ...rows].join('\n'));
  const pairs = await englishFrench({ dataDir: folder });
  expect(pairs.train.map(({ source }) => source.join(' '))).toEqual(["i 'm number 0 .", "i 'm number 3 ."]);
  expect([pairs.validation.length, pairs.test.map(({ target }) => target.join(' '))]).toEqual([
    1,
    ["je suis le numéro 1 , j' espère ."],
  ]);
  await rm(folder, { recursive: true });
});
