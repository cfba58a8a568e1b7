import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32c as nativeCrc32c } from '@node-rs/crc32';
import type { TrainingControl } from '@chainrule/model';
import { tensor, Variable, zeros } from '@chainrule/tensor';
import { decode } from 'fast-png';
import protobuf from 'protobufjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { crc32c } from './crc32c.ts';
import { openEventWriter } from './eventWriter.node.ts';
import { histogramOf } from './histogram.ts';
import { tensorBoard } from './tensorBoard.node.ts';

/** The messages of TensorFlow's event.proto and summary.proto that we write. */
const schema = protobuf.parse(`
  syntax = "proto3";
  message Event { double wall_time = 1; int64 step = 2; oneof what { string file_version = 3; Summary summary = 5; } }
  message Summary {
    message Image { int32 height = 1; int32 width = 2; int32 colorspace = 3; bytes encoded_image_string = 4; }
    message Value {
      string tag = 1;
      oneof value { float simple_value = 2; Image image = 4; HistogramProto histo = 5; }
    }
    repeated Value value = 1;
  }
  message HistogramProto {
    double min = 1; double max = 2; double num = 3; double sum = 4; double sum_squares = 5;
    repeated double bucket_limit = 6; repeated double bucket = 7;
  }`).root;

interface Value {
  readonly tag: string;
  readonly simpleValue?: number;
  readonly image?: { readonly height: number; readonly width: number; readonly encodedImageString: Uint8Array };
  readonly histo?: { readonly num: number; readonly bucketLimit: number[]; readonly bucket: number[] };
}
interface Event {
  readonly wallTime: number;
  readonly step?: number;
  readonly fileVersion?: string;
  readonly summary?: { readonly value: Value[] };
}

const unmasked = (sum: number): number => {
  const rotated = (sum - 0xa282ead8) >>> 0;
  return ((rotated << 15) | (rotated >>> 17)) >>> 0;
};

/** Reads a TFRecord file with another decoder and another checksum than those that wrote it. */
async function readEvents(folder: string): Promise<Event[]> {
  const [name, ...others] = await readdir(folder);
  expect(others).toEqual([]);
  const bytes = await readFile(join(folder, name!));
  const events: Event[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = Number(bytes.readBigUInt64LE(at));
    expect(unmasked(bytes.readUInt32LE(at + 8))).toBe(nativeCrc32c(bytes.subarray(at, at + 8)));
    const body = bytes.subarray(at + 12, at + 12 + length);
    expect(unmasked(bytes.readUInt32LE(at + 12 + length))).toBe(nativeCrc32c(body));
    const type = schema.lookupType('Event');
    events.push(type.toObject(type.decode(body), { longs: Number }) as Event);
    at += length + 16;
  }
  return events;
}

let folder = '';
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'chainrule-events-'))));
afterEach(() => rm(folder, { recursive: true }));

const valuesOf = (events: readonly Event[]): unknown[] =>
  events.flatMap(({ step, summary }) => summary?.value.map((v) => [step ?? 0, v.tag, v.simpleValue]) ?? []);

describe('openEventWriter', () => {
  test('writes scalars, special values and large steps included', async () => {
    const writer = await openEventWriter(folder);
    const values = [0, -0.5, 1e30, NaN, Infinity, -Infinity];
    await Promise.all(values.map((value, i) => writer.scalar('loss', value, i * 2 ** 31)));
    await writer.close();
    const [version, ...events] = await readEvents(folder);
    expect(version!.fileVersion).toBe('brain.Event:2');
    expect(Math.abs(version!.wallTime - Date.now() / 1000)).toBeLessThan(300);
    expect(valuesOf(events)).toEqual(values.map((value, i) => [i * 2 ** 31, 'loss', Math.fround(value)]));
  });

  test('writes images that decode to their pixels', async () => {
    const writer = await openEventWriter(folder);
    await writer.images('one', tensor([0, 50, 100, 255, 1, 2], [1, 2, 3], 'uint8'), 4);
    await writer.images('batch', tensor([0, 0.5, 1, 2], [2, 1, 2, 1]), 5);
    await writer.close();
    const images = (await readEvents(folder)).flatMap(({ summary }) => summary?.value ?? []);
    expect(images.map(({ tag }) => tag)).toEqual(['one', 'batch/0', 'batch/1']);
    const [one, first, second] = images.map(({ image }) => decode(image!.encodedImageString));
    expect([one!.width, one!.height, [...one!.data]]).toEqual([2, 1, [0, 50, 100, 255, 1, 2]]);
    expect([[...first!.data], [...second!.data]]).toEqual([[0, 128], [255, 255]]); // prettier-ignore
  });

  test('refuses what is not an image', async () => {
    const writer = await openEventWriter(folder);
    await expect(writer.images('x', zeros([2, 2]), 0)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: images: \`images\` must have shape [height,width,channels] or [batch,height,width,channels] with 1 to 4 channels, got [2,2]]`,
    );
    await expect(writer.images('x', zeros([0, 2, 3]), 0)).rejects.toThrow('images: `images` must have shape');
    await expect(writer.images('x', zeros([2, 2, 3], 'int32'), 0)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: images: \`images\` must be floats from 0 to 1 or uint8, got int32]`,
    );
    await expect(writer.scalar('x', 0, -1)).rejects.toThrow('scalar: `step` must be');
    await writer.close();
    await writer.close();
    await expect(writer.scalar('x', 0, 0)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[StateError: write: the writer must be open, got one after \`close\`]`,
    );
  });

  test('writes an empty batch of images as an event without values', async () => {
    const writer = await openEventWriter(folder);
    await writer.images('x', zeros([0, 2, 2, 1]), 3);
    await writer.close();
    expect((await readEvents(folder)).at(-1)!.step).toBe(3);
  });
});

describe('histogramOf', () => {
  test('counts every finite value once', () => {
    const values = Array.from({ length: 1000 }, (_, i) => Math.sin(i) * 3);
    const { min, max, count, sum, limits, counts } = histogramOf([NaN, ...values, Infinity, -Infinity]);
    expect([min, max, count]).toEqual([Math.min(...values), Math.max(...values), 1000]);
    expect(sum).toBeCloseTo(
      values.reduce((a, b) => a + b, 0),
      9,
    );
    expect(counts.reduce((a, b) => a + b)).toBe(1000);
    expect(limits.at(-1)).toBe(max);
    limits.forEach((limit, i) => expect(limit).toBeGreaterThan(limits[i - 1] ?? min));
  });

  test.each([
    ['no values', [], { count: 0, limits: [0], counts: [0] }],
    ['one value', [2], { count: 1, limits: [2], counts: [1] }],
    ['equal values', [5, 5, 5], { min: 5, max: 5, count: 3, limits: [5], counts: [3] }],
    ['values that are not finite', [NaN, Infinity], { count: 0 }],
  ])('takes %s', (_, values, expected) => {
    expect(histogramOf(values)).toMatchObject(expected);
  });
});

test('crc32c equals the native implementation', () => {
  for (let length = 0; length < 70; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length) % 256);
    expect(crc32c(bytes)).toBe(nativeCrc32c(Buffer.from(bytes)));
  }
});

describe('tensorBoard', () => {
  /** Two epochs of two batches, as `fit` notifies a callback of them. */
  const train = async (options?: Parameters<typeof tensorBoard>[1]): Promise<void> => {
    const board = tensorBoard(folder, options);
    const variables = [{ name: 'dense/kernel', value: new Variable(tensor([1, 2, 3])) }];
    const at = (steps: number): TrainingControl =>
      ({ trainer: { steps, model: { variables: () => variables } } }) as unknown as TrainingControl;
    for (const epoch of [0, 1]) {
      const position = { epoch, epochs: 2, batches: 2 };
      for (const batch of [0, 1])
        await board.onBatchEnd?.({ ...position, batch, logs: { loss: 4 - batch } }, at(2 * epoch + batch + 1));
      await board.onEpochEnd!({ epoch, loss: 3 - epoch, valLoss: 5 - epoch, valid: 1 }, at(2 * epoch + 2));
    }
    await board.onTrainEnd!([], at(4));
  };

  test('writes the logs of each epoch to train and validation', async () => {
    await train();
    expect(valuesOf(await readEvents(join(folder, 'train')))).toEqual([
      [0, 'loss', 3],
      [0, 'valid', 1],
      [1, 'loss', 2],
      [1, 'valid', 1],
    ]);
    expect(valuesOf(await readEvents(join(folder, 'validation')))).toEqual([
      [0, 'loss', 5],
      [1, 'loss', 4],
    ]);
  });

  test('writes batches by the step, and histograms of the weights, if asked', async () => {
    await train({ updateFrequency: 'batch', histogramFrequency: 2 });
    const values = (await readEvents(join(folder, 'train'))).flatMap(({ step, summary }) =>
      (summary?.value ?? []).map(({ tag, histo }) => [step ?? 0, tag, histo?.num]),
    );
    expect(values.filter(([, tag]) => tag === 'batch/loss').map(([step]) => step)).toEqual([1, 2, 3, 4]);
    expect(values.at(-1)).toEqual([1, 'dense/kernel', 3]);
  });

  test('opens new files when it is used again, and after an error', async () => {
    await train();
    await tensorBoard(folder).onTrainError?.(new Error('x'), {} as TrainingControl);
    await train();
    expect(await readdir(join(folder, 'train'))).toHaveLength(2);
  });
});
