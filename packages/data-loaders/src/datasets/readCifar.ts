import { FormatError } from '@chainrule/errors';
import { checkOptions, listOf } from '@chainrule/errors/check';
import { Tensor } from '@chainrule/tensor';
import { aLimit } from '../checks.ts';
import { checkFile, type NamedBytes } from './readMnist.ts';

/** Color images of 32×32 pixels and their labels. */
export type CifarImages = {
  readonly images: Tensor<[number, 32, 32, 3], 'uint8'>;
  readonly labels: Tensor<[number], 'int32'>;
};

/** {@link CifarData} with the 20 superclasses of CIFAR-100. */
export type Cifar100Images = CifarImages & { readonly coarseLabels: Tensor<[number], 'int32'> };

/** Options of {@link readCifar10} and {@link readCifar100}. */
export interface ReadCifarOptions {
  /** The number of images to read, at least 1; by default all. */
  readonly limit?: number;
}

const plane = 32 * 32;
const pixels = 3 * plane;

/**
 * Reads CIFAR-10 in its binary format: records of a label and three planes of 1,024 bytes (red, green, blue).
 *
 * Source: Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009, and the data's page.
 *
 * @param files - the files in order
 * @returns images `[count, 32, 32, 3]`, channels last, and labels `[count]` from 0 to 9
 * @throws FormatError if a file has an incomplete record or an invalid label
 * @throws OptionError if `limit` is not a positive integer
 * @example
 * const { images, labels } = readCifar10([{ name: 'batch', bytes: Uint8Array.of(7, ...new Uint8Array(3072)) }]);
 * images.shape; // => 1,32,32,3
 * labels.toArray(); // => [7]
 */
export function readCifar10(files: readonly NamedBytes[], options: ReadCifarOptions = {}): CifarImages {
  const { images, labels } = readRecords('readCifar10', files, [10], options);
  return { images, labels: labels[0]! };
}

/**
 * Reads CIFAR-100 in its binary format, which has two labels per record: superclass and class.
 *
 * @returns images `[count, 32, 32, 3]`, labels from 0 to 99 and superclasses from 0 to 19, both `[count]`
 * @throws FormatError if a file has an incomplete record or an invalid label
 * @throws OptionError if `limit` is not a positive integer
 * @example
 * const data = readCifar100([{ name: 'train', bytes: Uint8Array.of(19, 99, ...new Uint8Array(3072)) }]);
 * [data.coarseLabels.item(), data.labels.item()]; // => [19,99]
 */
export function readCifar100(files: readonly NamedBytes[], options: ReadCifarOptions = {}): Cifar100Images {
  const { images, labels } = readRecords('readCifar100', files, [20, 100], options);
  return { images, coarseLabels: labels[0]!, labels: labels[1]! };
}

interface Records {
  readonly images: CifarImages['images'];
  readonly labels: readonly CifarImages['labels'][];
}

function readRecords(
  op: string,
  files: readonly NamedBytes[],
  classes: readonly number[],
  options: ReadCifarOptions,
): Records {
  listOf('a list of files', checkFile)(op, 'files', files);
  checkOptions(op, options, { limit: aLimit });
  const { limit = Infinity } = options;
  const record = classes.length + pixels;
  for (const { name, bytes } of files) {
    if (bytes.length % record)
      throw new FormatError(
        `${op}: ${name}: expected records of ${record} bytes, got ${bytes.length % record} more at offset ${bytes.length - (bytes.length % record)}`,
      );
  }
  const count = Math.min(
    limit,
    files.reduce((sum, { bytes }) => sum + bytes.length / record, 0),
  );
  const images = new Uint8Array(count * pixels);
  const labels = classes.map(() => new Int32Array(count));
  let row = 0;
  for (const { name, bytes } of files) {
    for (let at = 0; at < bytes.length && row < count; at += record, row++) {
      for (const [i, most] of classes.entries()) {
        const label = bytes[at + i]!;
        if (label >= most)
          throw new FormatError(
            `${op}: ${name}: expected labels from 0 to ${most - 1}, got ${label} at offset ${at + i}`,
          );
        labels[i]![row] = label;
      }
      interleave(bytes, at + classes.length, images, row * pixels);
    }
  }
  return {
    images: new Tensor([count, 32, 32, 3], 'uint8', images),
    labels: labels.map((values) => new Tensor([count], 'int32', values)),
  };
}

/** Reorders planes to pixels. */
function interleave(from: Uint8Array, at: number, to: Uint8Array, start: number): void {
  for (let i = 0; i < plane; i++) {
    to[start + 3 * i] = from[at + i]!;
    to[start + 3 * i + 1] = from[at + plane + i]!;
    to[start + 3 * i + 2] = from[at + 2 * plane + i]!;
  }
}
