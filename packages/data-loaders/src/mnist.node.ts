import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MissingDataError, OptionError, showValue } from '@chainrule/errors';
import { type LabelledImages, type NamedBytes, readMnist } from './readMnist.ts';

/** Options of {@link mnist}. */
export interface MnistOptions {
  /** The folder that holds the files, itself or in a folder `mnist`. */
  readonly dataDir: string;
  /** 60,000 images to train with or 10,000 to test with. */
  readonly split: 'train' | 'test';
  /** How many of the first images to take, at least 1; by default all. */
  readonly limit?: number;
}

const files = {
  train: ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'],
  test: ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'],
} as const;

/**
 * Reads handwritten digits (LeCun, Cortes, Burges) from their four original files, packed with gzip or not.
 *
 * @returns images `[count, 28, 28, 1]` with grey values from 0 to 255, labels `[count]` from 0 to 9
 * @throws MissingDataError when no folder holds both files of the split
 * @throws FormatError when a file is damaged or the two do not belong together
 * @throws OptionError for an unknown split or a `limit` below 1
 * @example
 * try {
 *   await mnist({ dataDir: 'no-such-folder', split: 'test' });
 * } catch (error) {
 *   (error as Error).name; // => MissingDataError
 * }
 */
export async function mnist({ dataDir, split, limit }: MnistOptions): Promise<LabelledImages> {
  if (!Object.hasOwn(files, split)) throw new OptionError(`mnist: \`split\` must be "train" or "test", got ${showValue(split)}`);
  const [imagesName, labelsName] = files[split];
  for (const folder of [dataDir, join(dataDir, 'mnist')]) {
    const [images, labels] = await Promise.all([find(folder, imagesName), find(folder, labelsName)]);
    if (images && labels) return readMnist(images, labels, limit === undefined ? {} : { limit });
  }
  throw new MissingDataError(
    `mnist: expected ${imagesName} and ${labelsName}, each plain or with .gz, in \`dataDir\` ${showValue(dataDir)} or its folder "mnist", ` +
      'got none or one of them; download both files there, or use `digits` for generated ones',
  );
}

/** The file, plain or packed, if it is there. */
async function find(folder: string, name: string): Promise<NamedBytes | undefined> {
  for (const path of [join(folder, name), join(folder, `${name}.gz`)]) {
    try {
      return { name: path, bytes: await readFile(path) };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    }
  }
  return undefined;
}
