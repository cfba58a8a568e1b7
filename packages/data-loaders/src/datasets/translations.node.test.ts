import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hasRealData, readRealData } from '../../../../scripts/testing/realData.ts';
import { give, startServer } from '../../testing/server.ts';
import { simpleEngFra } from './translations.node.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'chainrule-translations-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const table = (splits: readonly string[]): string =>
  [
    ',source_language,split,target_language',
    ...splits.map((split, i) => `${i},number ${i} .,${split},"le ${i} , oui ."`),
  ].join('\n');

describe('simpleEngFra', () => {
  test('reads pairs by their split, from the folder or its subfolder, plain or gzipped', async () => {
    const text = table(['train', 'test', 'val', 'train']);
    const expected = {
      train: { sources: ['number 0 .', 'number 3 .'], targets: ['le 0 , oui .', 'le 3 , oui .'] },
      validation: { sources: ['number 2 .'], targets: ['le 2 , oui .'] },
      test: { sources: ['number 1 .'], targets: ['le 1 , oui .'] },
    };
    mkdirSync(join(folder, 'translation'));
    writeFileSync(join(folder, 'translation', 'simple_eng_fra.csv.gz'), gzipSync(text));
    expect(await simpleEngFra({ dataDir: folder })).toEqual(expected);
    writeFileSync(join(folder, 'simple_eng_fra.csv'), text);
    expect(await simpleEngFra({ dataDir: folder })).toEqual(expected);
  });

  test('errors name the folder, or the problem and its row', async () => {
    await expect(simpleEngFra({ dataDir: 'no/such' })).rejects.toThrow(
      'simpleEngFra: expected simple_eng_fra.csv in `dataDir` "no/such" or its folder "translation", got none; omit `dataDir` to download',
    );
    writeFileSync(join(folder, 'simple_eng_fra.csv'), table(['train', 'dev']));
    await expect(simpleEngFra({ dataDir: folder })).rejects.toThrow(
      'expected the splits train, val and test, got "dev" in row 2',
    );
  });
});

test.skipIf(!hasRealData('translation/simple_eng_fra.csv', 1))('the real pairs have the known digest', async () => {
  const server = await startServer();
  server.answers = { '/simple_eng_fra.csv': give(readRealData('translation/simple_eng_fra.csv')) };
  const {
    train,
    validation,
    test: rest,
  } = await simpleEngFra({
    cacheDir: folder,
    mirrors: [server.url],
    retries: 0,
  });
  expect([train, validation, rest].map(({ sources }) => sources.length)).toEqual([9138, 1955, 1969]);
  await server.close();
});
