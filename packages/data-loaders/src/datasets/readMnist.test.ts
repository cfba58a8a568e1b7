import { gzipSync } from 'node:zlib';
import { expect, expectTypeOf, test } from 'vitest';
import type { Tensor } from '@chainrule/tensor';
import { readMnist } from './readMnist.ts';

const word = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const imagesOf = (n: number, side = 28): Uint8Array =>
  Uint8Array.from([
    0,
    0,
    8,
    3,
    ...word(n),
    ...word(side),
    ...word(side),
    ...Array.from({ length: n * side * side }, (_, i) => i % 251),
  ]);
const labelsOf = (...labels: number[]): Uint8Array => Uint8Array.from([0, 0, 8, 1, ...word(labels.length), ...labels]);
const read = (images: Uint8Array, labels: Uint8Array, limit?: number): ReturnType<typeof readMnist> =>
  readMnist({ name: 'images', bytes: images }, { name: 'labels', bytes: labels }, limit === undefined ? {} : { limit });

test('readMnist reads images with a channel axis and labels as int32', async () => {
  const { images, labels } = await read(imagesOf(2), labelsOf(9, 0));
  expectTypeOf(images).toEqualTypeOf<Tensor<[number, 28, 28, 1], 'uint8'>>();
  expectTypeOf(labels).toEqualTypeOf<Tensor<[number], 'int32'>>();
  expect([images.shape, images.dtype, labels.shape, labels.dtype]).toEqual([[2, 28, 28, 1], 'uint8', [2], 'int32']);
  expect(images.data.slice(783, 786)).toEqual(Uint8Array.of(783 % 251, 784 % 251, 785 % 251));
  expect(labels.toArray()).toEqual([9, 0]);
});

test('readMnist reads packed and plain files up to the limit', async () => {
  const { images, labels } = await read(gzipSync(imagesOf(5)), labelsOf(1, 2, 3, 4, 5), 3);
  expect([images.shape[0], images.data.length, labels.toArray()]).toEqual([3, 3 * 784, [1, 2, 3]]);
  expect((await read(imagesOf(1), labelsOf(1), 100)).labels.size).toBe(1);
});

test('readMnist throws for files that are damaged or do not belong together', async () => {
  const attempts = [
    read(imagesOf(2), labelsOf(1)),
    read(imagesOf(2), labelsOf(1, 10)),
    read(imagesOf(1, 32), labelsOf(1)),
    read(labelsOf(1), labelsOf(1)),
    read(imagesOf(1), imagesOf(1)),
    read(imagesOf(1).subarray(0, 100), labelsOf(1)),
    read(gzipSync(imagesOf(1)).subarray(0, -1), labelsOf(1)),
    read(imagesOf(1), labelsOf(1), 0),
  ];
  const messages = (await Promise.allSettled(attempts)).map(
    (result) => result.status === 'rejected' && String(result.reason),
  );
  expect(messages).toMatchInlineSnapshot(`
    [
      "FormatError: readMnist: labels: expected 2 labels for the images in images, got 1",
      "FormatError: readMnist: labels: expected labels from 0 to 9, got 10 at row 1",
      "FormatError: readMnist: images: expected uint8 [n,28,28], got uint8 [1,32,32]",
      "FormatError: readMnist: images: expected uint8 [n,28,28], got uint8 [1]",
      "FormatError: readMnist: labels: expected uint8 [n], got uint8 [1,28,28]",
      "FormatError: readIdx: images: expected 800 bytes for uint8 values of sizes [1,28,28], got the end of the data at offset 100",
      "FormatError: gunzip: images: expected a whole gzip stream, got truncated data: the bytes end at offset 303",
      "OptionError: readMnist: \`limit\` must be a positive integer, got 0",
    ]
  `);
});
