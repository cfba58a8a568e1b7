import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mnist } from './mnist.node.ts';
import { hasRealData, realDataDir } from '../../../../scripts/testing/realData.ts';

const images = Uint8Array.from([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28, ...new Uint8Array(2 * 784)]);
const labels = Uint8Array.from([0, 0, 8, 1, 0, 0, 0, 2, 3, 4]);
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chainrule-mnist-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('mnist finds plain and packed files, in the folder or its subfolder mnist', async () => {
  await mkdir(join(folder, 'mnist'));
  await writeFile(join(folder, 'train-images-idx3-ubyte'), images);
  await writeFile(join(folder, 'train-labels-idx1-ubyte.gz'), gzipSync(labels));
  await writeFile(join(folder, 'mnist', 't10k-images-idx3-ubyte.gz'), gzipSync(images));
  await writeFile(join(folder, 'mnist', 't10k-labels-idx1-ubyte'), labels);
  expect((await mnist({ dataDir: folder, split: 'train' })).labels.toArray()).toEqual([3, 4]);
  expect((await mnist({ dataDir: folder, split: 'test', limit: 1 })).images.shape).toEqual([1, 28, 28, 1]);
});

test.each([
  ['train-images.idx3-ubyte', 'train-labels.idx1-ubyte'],
  ['train-images.idx3-ubyte.gz', 'train-labels-idx1-ubyte'],
  ['train-images-idx3-ubyte/train-images-idx3-ubyte', 'train-labels-idx1-ubyte/train-labels-idx1-ubyte'],
  ['MNIST/raw/train-images-idx3-ubyte', 'MNIST/raw/train-labels-idx1-ubyte.gz'],
])('mnist finds %s and %s', async (...names) => {
  const dataDir = await mkdtemp(join(folder, 'names-'));
  for (const [i, name] of names.entries()) {
    await mkdir(join(dataDir, name, '..'), { recursive: true });
    const bytes = i ? labels : images;
    await writeFile(join(dataDir, name), name.endsWith('.gz') ? gzipSync(bytes) : bytes);
  }
  expect((await mnist({ dataDir, split: 'train' })).labels.toArray()).toEqual([3, 4]);
});

test('the error names a folder in place of a file', async () => {
  const dataDir = await mkdtemp(join(folder, 'names-'));
  await mkdir(join(dataDir, 'train-images-idx3-ubyte'));
  await expect(mnist({ dataDir, split: 'train' })).rejects.toThrow(
    /^mnist: expected a file .*train-images-idx3-ubyte, got a folder without such a file$/,
  );
});

test('the error for missing files names the folder, the files and the remedy', async () => {
  await expect(mnist({ dataDir: 'no/such/folder', split: 'test' })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[MissingDataError: mnist: expected t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, each plain or with .gz, in \`dataDir\` "no/such/folder" or its folder "mnist", got none or not all of them; omit \`dataDir\` to download, or generate digits with \`digits\`]`,
  );
});

test('mnist does not combine images and labels from different folders', async () => {
  const dataDir = join(folder, 'mixed');
  await mkdir(join(dataDir, 'mnist'), { recursive: true });
  await writeFile(join(dataDir, 'train-images-idx3-ubyte'), images);
  await writeFile(join(dataDir, 'mnist', 'train-labels-idx1-ubyte'), labels);
  await expect(mnist({ dataDir, split: 'train' })).rejects.toThrow(/^mnist: expected train-images/);
});

test('the error names the damaged file', async () => {
  const dataDir = join(folder, 'damaged');
  await mkdir(dataDir);
  await writeFile(join(dataDir, 'train-images-idx3-ubyte.gz'), gzipSync(images).subarray(0, 30));
  await writeFile(join(dataDir, 'train-labels-idx1-ubyte'), labels);
  await expect(mnist({ dataDir, split: 'train' })).rejects.toThrow(join(dataDir, 'train-images-idx3-ubyte.gz'));
});

test('mnist throws for an unknown split', async () => {
  await expect(mnist({ dataDir: folder, split: 'validation' as 'test' })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[OptionError: mnist: \`split\` must be "train" or "test", got "validation"]`,
  );
});

describe.skipIf(!hasRealData('mnist', 2))('the real MNIST', () => {
  test.each([
    { split: 'train', count: 60_000, mean: 33.3184, first: [5, 0, 4, 1, 9], least: 5421, most: 6742 },
    { split: 'test', count: 10_000, mean: 33.7912, first: [7, 2, 1, 0, 4], least: 892, most: 1135 },
  ] as const)('has the known statistics in its $split set', async ({ split, count, mean, first, least, most }) => {
    const data = await mnist({ dataDir: realDataDir, split });
    expect(data.images.shape).toEqual([count, 28, 28, 1]);
    const pixels = data.images.data as Uint8Array;
    expect(pixels.reduce((sum, x) => sum + x, 0) / pixels.length).toBeCloseTo(mean, 4);
    const values = [...data.labels.data];
    expect(values.slice(0, 5)).toEqual(first);
    const counts = Array.from({ length: 10 }, (_, digit) => values.filter((value) => value === digit).length);
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([least, most]);
  });
});
