import { FormatError } from '@chainrule/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCifar10, readCifar100 } from './readCifar.ts';
import { hasRealData, readRealData } from '../../../../scripts/testing/realData.ts';

const record = (labels: number[], red: number, green: number, blue: number): number[] => [
  ...labels,
  ...[red, green, blue].flatMap((value) => new Array<number>(1024).fill(value)),
];
const file = (...records: number[][]): { name: string; bytes: Uint8Array } => ({
  name: 'batch',
  bytes: Uint8Array.from(records.flat()),
});

test('readCifar10 puts channels last and concatenates files', () => {
  const { images, labels } = readCifar10([
    file(record([3], 1, 2, 3), record([9], 4, 5, 6)),
    file(record([0], 7, 8, 9)),
  ]);
  expect([images.shape, labels.toArray()]).toEqual([
    [3, 32, 32, 3],
    [3, 9, 0],
  ]);
  expect([...images.data.slice(3066, 3078)]).toEqual([1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6]);
  expect(readCifar10([file(record([3], 1, 2, 3)), file(record([9], 4, 5, 6))], { limit: 1 }).labels.toArray()).toEqual([
    3,
  ]);
});

test('readCifar100 reads both labels', () => {
  const { coarseLabels, labels } = readCifar100([file(record([19, 99], 0, 0, 0))]);
  expect([coarseLabels.toArray(), labels.toArray()]).toEqual([[19], [99]]);
});

test('readCifar10 errors name the problem and the offset', () => {
  const bytes = (n: number, first = 0): { name: string; bytes: Uint8Array } => ({
    name: 'batch',
    bytes: new Uint8Array(n).fill(first, 0, 1),
  });
  expect(() => readCifar10([bytes(3074)])).toThrowErrorMatchingInlineSnapshot(
    `[FormatError: readCifar10: batch: expected records of 3073 bytes, got 1 more at offset 3073]`,
  );
  expect(() => readCifar10([bytes(3073, 10)])).toThrowErrorMatchingInlineSnapshot(
    `[FormatError: readCifar10: batch: expected labels from 0 to 9, got 10 at offset 0]`,
  );
  expect(() => readCifar100([bytes(3074, 20)])).toThrow('labels from 0 to 19, got 20 at offset 0');
  expect(() => readCifar10([bytes(3073)], { limit: 0 })).toThrow('`limit` must be a positive integer');
});

test('readCifar10 of any bytes gives images or a FormatError', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(0, 1, 3072, 3073, 3074, 6146),
      fc.uint8Array({ minLength: 2, maxLength: 2 }),
      (length, [first, second]) => {
        const bytes = new Uint8Array(length).fill(first!, 0, 1).fill(second!, 3073, 3074);
        try {
          expect(readCifar10([{ name: 'x', bytes }]).labels.size * 3073).toBe(length);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      },
    ),
  );
});

describe.skipIf(!hasRealData('cifar-10', 1))('real images', () => {
  test('the first 4,000 images of CIFAR-10 have the known statistics', () => {
    const { images, labels } = readCifar10([
      { name: 'data_batch_1', bytes: readRealData('cifar-10/data_batch_1_first4000.bin') },
    ]);
    const pixels = images.data as Uint8Array;
    const means = [0, 1, 2].map((channel) => {
      let sum = 0;
      for (let i = channel; i < pixels.length; i += 3) sum += pixels[i]!;
      return Number((sum / (pixels.length / 3)).toFixed(1));
    });
    expect([labels.size, means, labels.toArray()]).toEqual([
      4000,
      [125.4, 122.8, 113.4],
      expect.arrayContaining([0, 9]),
    ]);
    expect([...labels.data.slice(0, 5)]).toEqual([6, 9, 9, 4, 1]);
  });
});
