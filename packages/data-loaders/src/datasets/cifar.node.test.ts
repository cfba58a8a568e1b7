import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cifar10, cifar100 } from './cifar.node.ts';
import { give, startServer } from '../../testing/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'chainrule-cifar-'));
afterAll(() => rmSync(folder, { recursive: true }));
const record = (...labels: number[]): Uint8Array => Uint8Array.from([...labels, ...new Uint8Array(3072)]);
const inside = join(folder, 'plain', 'cifar-10-batches-bin');
mkdirSync(inside, { recursive: true });
for (let i = 1; i <= 5; i++) writeFileSync(join(inside, `data_batch_${i}.bin`), record(i));
writeFileSync(join(inside, 'test_batch.bin'), record(9));
mkdirSync(join(folder, 'packed', 'cifar-10'), { recursive: true });
execFileSync('tar', [
  '-czf',
  join(folder, 'packed', 'cifar-10', 'cifar-10-binary.tar.gz'),
  '-C',
  join(folder, 'plain'),
  'cifar-10-batches-bin',
]);

test.each(['plain', 'packed'])('cifar10 finds its files in a folder, %s', async (kind) => {
  const dataDir = join(folder, kind);
  expect((await cifar10({ dataDir, split: 'train' })).labels.toArray()).toEqual([1, 2, 3, 4, 5]);
  expect((await cifar10({ dataDir, split: 'train', limit: 2 })).images.shape).toEqual([2, 32, 32, 3]);
  expect((await cifar10({ dataDir, split: 'test' })).labels.toArray()).toEqual([9]);
});

test('cifar100 reads both labels', async () => {
  writeFileSync(join(folder, 'test.bin'), record(3, 77));
  const { labels, coarseLabels } = await cifar100({ dataDir: folder, split: 'test' });
  expect([labels.toArray(), coarseLabels.toArray()]).toEqual([[77], [3]]);
});

test('cifar10 errors name a missing or wrong archive', async () => {
  await expect(cifar10({ dataDir: 'no/such', split: 'test' })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[MissingDataError: cifar10: expected cifar-10-binary.tar, plain or with .gz, in \`dataDir\` "no/such" or its folder "cifar-10", got none; omit \`dataDir\` to download, or unpack test_batch.bin there]`,
  );
  await expect(cifar10({ split: 'all' as 'test' })).rejects.toThrow('`split` must be "train" or "test"');
  const server = await startServer();
  server.answers = { '/cifar-10-binary.tar.gz': give(record(1)) };
  await expect(cifar10({ cacheDir: folder, mirrors: [server.url], split: 'test' })).rejects.toThrow(
    /^download: expected cifar-10.cifar-10-binary.tar.gz with SHA-256 c4a38c50.*, got SHA-256 /,
  );
  await server.close();
});
