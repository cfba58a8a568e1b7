import { basename, join } from 'node:path';
import { FormatError } from '@chainrule/errors';
import { aCount, checkOptions } from '@chainrule/errors/check';
import { maybeGunzip } from '../archives/gunzip.ts';
import { aSplit, dataSetChecks, type DataSetOptions, findFiles, locate } from './locate.node.ts';
import { type Cifar100Images, type CifarImages, readCifar10, readCifar100 } from './readCifar.ts';
import type { NamedBytes } from './readMnist.ts';
import { readTar } from '../archives/readTar.ts';

/** Options of {@link cifar10} and {@link cifar100}. */
export interface CifarOptions extends DataSetOptions {
  /** The training split of 50,000 images, or the test split of 10,000. */
  readonly split: 'train' | 'test';
  /** The number of images to read, at least 1; by default all. */
  readonly limit?: number;
}

interface CifarSet {
  readonly op: string;
  readonly folder: string;
  readonly archive: string;
  readonly sha256: string;
  /** The folder within the archive. */
  readonly inside: string;
  readonly files: Readonly<Record<'train' | 'test', readonly string[]>>;
}

const page = 'https://www.cs.toronto.edu/~kriz/';
/** A limit above the unpacked size of both archives. */
const maxBytes = 2 ** 28;

/** The names of the classes of {@link cifar10}, by label. */
export const cifar10Classes: readonly string[] = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
];

const ten: CifarSet = {
  op: 'cifar10',
  folder: 'cifar-10',
  archive: 'cifar-10-binary.tar.gz',
  sha256: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
  inside: 'cifar-10-batches-bin',
  files: { train: [1, 2, 3, 4, 5].map((i) => `data_batch_${i}.bin`), test: ['test_batch.bin'] },
};

const hundred: CifarSet = {
  op: 'cifar100',
  folder: 'cifar-100',
  archive: 'cifar-100-binary.tar.gz',
  sha256: '58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec',
  inside: 'cifar-100-binary',
  files: { train: ['train.bin'], test: ['test.bin'] },
};

/**
 * Small color images of ten classes (Krizhevsky, 2009). Reads the archive of binary files, or the files themselves, from
 * `dataDir`; or else downloads, verifies and caches the archive ({@link download}; 170 MB). {@link cifar10Classes} has the
 * names of the classes.
 *
 * @returns images `[count, 32, 32, 3]` from 0 to 255, labels `[count]` from 0 to 9
 * @throws MissingDataError if no folder has the files, or the download fails
 * @throws FormatError if a file is damaged
 * @throws OptionError for an unknown split or a `limit` below 1
 * @example
 * try {
 *   await cifar10({ dataDir: 'no-such-folder', split: 'test' });
 * } catch (error) {
 *   (error as Error).name; // => MissingDataError
 * }
 */
export async function cifar10(options: CifarOptions): Promise<CifarImages> {
  const files = await load(ten, options);
  return readCifar10(files, options.limit === undefined ? {} : { limit: options.limit });
}

/**
 * Small color images of 100 classes in 20 superclasses (Krizhevsky, 2009). Finds its files like {@link cifar10}.
 *
 * @returns images `[count, 32, 32, 3]`, labels from 0 to 99 and superclasses from 0 to 19, both `[count]`
 * @throws MissingDataError if no folder has the files, or the download fails
 * @throws FormatError if a file is damaged
 * @throws OptionError for an unknown split or a `limit` below 1
 * @example
 * try {
 *   await cifar100({ dataDir: 'no-such-folder', split: 'test' });
 * } catch (error) {
 *   (error as Error).name; // => MissingDataError
 * }
 */
export async function cifar100(options: CifarOptions): Promise<Cifar100Images> {
  const files = await load(hundred, options);
  return readCifar100(files, options.limit === undefined ? {} : { limit: options.limit });
}

async function load(set: CifarSet, options: CifarOptions): Promise<NamedBytes[]> {
  checkOptions(set.op, options, { ...dataSetChecks, split: aSplit, limit: aCount }, 'split');
  const { split, limit: _, ...rest } = options;
  const { dataDir } = rest;
  const wanted = set.files[split];
  if (dataDir !== undefined) {
    const found = await findFiles(
      set.op,
      [dataDir, set.folder, set.inside].map((name, i) => (i ? join(dataDir, name) : name)),
      wanted,
    );
    if (found) return found;
  }
  const [archive] = await locate(
    { ...set, hint: `unpack ${wanted.join(', ')} there` },
    [{ file: set.archive, sha256: set.sha256, from: [page] }],
    rest,
  );
  const { name, bytes } = archive!;
  const content = readTar(await maybeGunzip(bytes, { name, maxBytes }), { name });
  const files = new Map([...content].map(([path, file]) => [basename(path), file]));
  return wanted.map((file) => {
    const found = files.get(file);
    if (!found) throw new FormatError(`${set.op}: ${name}: expected ${file}, got none`);
    return { name: `${name}: ${file}`, bytes: found };
  });
}
