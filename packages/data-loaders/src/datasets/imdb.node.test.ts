import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { give, startServer } from '../../testing/server.ts';
import { imdbReviews } from './imdb.node.ts';

const folder = mkdtempSync(join(tmpdir(), 'chainrule-imdb-'));
afterAll(() => rmSync(folder, { recursive: true }));

const reviews: Readonly<Record<string, string>> = {
  'train/neg/10_2.txt': 'Dull.<br /><br />Very dull.',
  'train/neg/9_1.txt': 'Bad.',
  'train/pos/0_9.txt': 'Très good.',
  'train/unsup/0_0.txt': 'No label.',
  'train/urls_neg.txt': 'http://www.imdb.com/title/tt0064354/usercomments',
  'test/neg/0_3.txt': 'Weak.',
  'test/pos/0_10.txt': 'Great.',
};
for (const [file, text] of Object.entries(reviews)) {
  mkdirSync(join(folder, 'aclImdb', file, '..'), { recursive: true });
  writeFileSync(join(folder, 'aclImdb', file), text);
}
const packed = join(folder, 'aclImdb_v1.tar.gz');
execFileSync('tar', ['-czf', packed, '-C', folder, 'aclImdb']);

test('imdbReviews reads the reviews of a split in the order of their numbers', async () => {
  const train = await imdbReviews({ dataDir: folder, split: 'train' });
  expect(train.texts).toEqual(['Bad.', 'Dull.<br /><br />Very dull.', 'Très good.']);
  expect([train.labels.toArray(), train.classes]).toEqual([
    [0, 0, 1],
    ['negative', 'positive'],
  ]);
  expect((await imdbReviews({ dataDir: folder, split: 'test' })).texts).toEqual(['Weak.', 'Great.']);
});

test('imdbReviews refuses another archive, from a server by its digest, from a folder by its content', async () => {
  const server = await startServer();
  server.answers = { '/aclImdb_v1.tar.gz': give(readFileSync(packed)) };
  const options = { cacheDir: join(folder, 'cache'), mirrors: [server.url], retries: 0, split: 'test' } as const;
  await expect(imdbReviews(options)).rejects.toThrow(/with SHA-256 c40f74a1.*, got SHA-256 /);
  expect(server.requests).toEqual(['/aclImdb_v1.tar.gz']);
  await server.close();
  const dataDir = mkdtempSync(join(folder, 'other-'));
  execFileSync('tar', ['-cf', join(dataDir, 'aclImdb_v1.tar'), '-C', join(folder, 'aclImdb'), 'train']);
  await expect(imdbReviews({ dataDir, split: 'train' })).rejects.toThrow(
    'expected reviews in aclImdb/train/neg/, got none',
  );
});

test('imdbReviews names missing files and unknown splits', async () => {
  await expect(imdbReviews({ dataDir: 'no/such', split: 'train' })).rejects.toThrow(
    'imdbReviews: expected aclImdb_v1.tar, plain or with .gz, in `dataDir` "no/such" or its folder "text", got none',
  );
  await expect(imdbReviews({ split: 'all' as 'test' })).rejects.toThrow('`split` must be "train" or "test"');
});
