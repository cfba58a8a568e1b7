import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { give, startServer } from '../../testing/server.ts';
import { tarEntry, tarOf } from '../../testing/tar.ts';
import { imdbReviews } from './imdb.node.ts';

const folder = mkdtempSync(join(tmpdir(), 'chainrule-imdb-'));
afterAll(() => rmSync(folder, { recursive: true }));

const entry = (path: string, text: string): Uint8Array => tarEntry(`aclImdb/${path}`, new TextEncoder().encode(text));
const negative = [
  entry('train/neg/10_2.txt', 'Dull.<br /><br />Very dull.'),
  entry('train/neg/9_1.txt', 'Bad.'),
  ...Array.from({ length: 12_498 }, (_, i) => entry(`train/neg/${i + 11}_1.txt`, '-')),
];
/** A whole training split, and two reviews of the test split. */
const whole = [
  ...negative,
  entry('train/pos/0_9.txt', 'Très good.'),
  ...Array.from({ length: 12_499 }, (_, i) => entry(`train/pos/${i + 1}_9.txt`, '+')),
  entry('train/unsup/0_0.txt', 'No label.'),
  entry('train/urls_neg.txt', 'http://www.imdb.com/title/tt0064354/usercomments'),
  entry('test/neg/0_3.txt', 'Weak.'),
  entry('test/pos/0_10.txt', 'Great.'),
];
/** A folder with an archive of these entries. */
function folderOf(...entries: readonly Uint8Array[]): string {
  const dataDir = mkdtempSync(join(folder, 'set-'));
  writeFileSync(join(dataDir, 'aclImdb_v1.tar'), tarOf(...entries));
  return dataDir;
}

const dataDir = folderOf(...whole);

test('imdbReviews reads the reviews of a split in the order of their numbers', async () => {
  const { texts, labels, classes } = await imdbReviews({ dataDir, split: 'train' });
  expect(texts.slice(0, 3)).toEqual(['Bad.', 'Dull.<br /><br />Very dull.', '-']);
  expect(texts.slice(12_499, 12_502)).toEqual(['-', 'Très good.', '+']);
  expect([texts.length, labels.shape, labels.data.indexOf(1), labels.data.lastIndexOf(0)]).toEqual([
    25_000,
    [25_000],
    12_500,
    12_499,
  ]);
  expect(classes).toEqual(['negative', 'positive']);
});

test('imdbReviews refuses an archive with too few or too many reviews', async () => {
  await expect(imdbReviews({ dataDir, split: 'test' })).rejects.toThrow(
    `imdbReviews: ${join(dataDir, 'aclImdb_v1.tar')}: expected 12500 reviews in aclImdb/test/neg/, got 1; replace the file, or omit \`dataDir\` to download it`,
  );
  await expect(imdbReviews({ dataDir: folderOf(), split: 'train' })).rejects.toThrow('in aclImdb/train/neg/, got 0');
  await expect(
    imdbReviews({ dataDir: folderOf(...negative, entry('train/neg/0_1.txt', '-')), split: 'train' }),
  ).rejects.toThrow('expected 12500 reviews in aclImdb/train/neg/, got 12501');
});

test('imdbReviews refuses another archive from a server by its digest', async () => {
  const server = await startServer();
  server.answers = { '/aclImdb_v1.tar.gz': give(gzipSync(tarOf())) };
  const options = { cacheDir: join(folder, 'cache'), mirrors: [server.url], retries: 0, split: 'test' } as const;
  await expect(imdbReviews(options)).rejects.toThrow(/with SHA-256 c40f74a1.*, got SHA-256 /);
  expect(server.requests).toEqual(['/aclImdb_v1.tar.gz']);
  await server.close();
});

test('imdbReviews names missing files and unknown splits', async () => {
  await expect(imdbReviews({ dataDir: 'no/such', split: 'train' })).rejects.toThrow(
    'imdbReviews: expected aclImdb_v1.tar, plain or with .gz, in `dataDir` "no/such" or its folder "text", got none',
  );
  await expect(imdbReviews({ split: 'all' as 'test' })).rejects.toThrow('`split` must be "train" or "test"');
});
