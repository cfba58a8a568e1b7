import { FormatError, showShape } from '@chainrule/errors';
import { checkOptions, refuse } from '@chainrule/errors/check';
import { Tensor } from '@chainrule/tensor';
import { maybeGunzip } from '../archives/gunzip.ts';
import { readIdx } from '../arrays/readIdx.ts';
import { aLimit } from '../checks.ts';

/** Images of 28×28 gray values from 0 to 255, and their labels from 0 to 9. */
export type LabeledImages = {
  readonly images: Tensor<[number, 28, 28, 1], 'uint8'>;
  readonly labels: Tensor<[number], 'int32'>;
};

/** The bytes of a file, and its name in error messages. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Options of {@link readMnist}. */
export interface ReadMnistOptions {
  /** The number of images to read, at least 1; by default all. */
  readonly limit?: number;
}

/** MNIST's training set unpacks to 47 MB, so this limit is generous. */
const maxBytes = 2 ** 28;

/**
 * Reads images and labels in the form of MNIST, which Fashion-MNIST and KMNIST share: IDX files, packed with gzip or
 * not.
 *
 * @returns images `[count, 28, 28, 1]` and labels `[count]`
 * @throws FormatError if a file is damaged, the images are not 28×28 bytes, the counts differ or a label is not between 0
 * and 9
 * @throws OptionError if `limit` is not a positive integer
 * @example
 * const images = { name: 'images', bytes: Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28, ...new Uint8Array(784)) };
 * const labels = { name: 'labels', bytes: Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 7) };
 * const data = await readMnist(images, labels);
 * data.images.shape; // => 1,28,28,1
 * data.labels.toArray(); // => [7]
 */
export async function readMnist(
  images: NamedBytes,
  labels: NamedBytes,
  options: ReadMnistOptions = {},
): Promise<LabeledImages> {
  checkFile('readMnist', 'images', images);
  checkFile('readMnist', 'labels', labels);
  checkOptions('readMnist', options, { limit: aLimit });
  const { limit = Infinity } = options;
  const [x, y] = await Promise.all([unpack(images), unpack(labels)]);
  if (x.dtype !== 'uint8' || x.rank !== 3 || x.shape[1] !== 28 || x.shape[2] !== 28) {
    throw new FormatError(`readMnist: ${images.name}: expected uint8 [n,28,28], got ${x.dtype} ${showShape(x.shape)}`);
  }
  if (y.dtype !== 'uint8' || y.rank !== 1) {
    throw new FormatError(`readMnist: ${labels.name}: expected uint8 [n], got ${y.dtype} ${showShape(y.shape)}`);
  }
  if (x.shape[0] !== y.shape[0]) {
    throw new FormatError(
      `readMnist: ${labels.name}: expected ${x.shape[0]} labels for the images in ${images.name}, got ${y.shape[0]}`,
    );
  }
  const values = y['~values'];
  const wrong = values.findIndex((label) => label > 9);
  if (wrong >= 0)
    throw new FormatError(
      `readMnist: ${labels.name}: expected labels from 0 to 9, got ${values[wrong]} at row ${wrong}`,
    );
  const count = Math.min(limit, values.length);
  const pixels = x['~values'];
  return {
    images: new Tensor([count, 28, 28, 1], 'uint8', count < values.length ? pixels.slice(0, count * 784) : pixels),
    labels: new Tensor([count], 'int32', Int32Array.from(values.subarray(0, count))),
  };
}

/** Checks for a file with a name and bytes. */
export function checkFile(op: string, name: string, file: unknown): void {
  const { name: title, bytes } = (file ?? {}) as Partial<Record<keyof NamedBytes, unknown>>;
  if (typeof title !== 'string' || !(bytes instanceof Uint8Array))
    refuse(op, name, 'a file { name, bytes } with its bytes in a Uint8Array', file);
}

async function unpack({ name, bytes }: NamedBytes): Promise<Tensor> {
  return readIdx(await maybeGunzip(bytes, { name, maxBytes }), { name });
}
