import { FormatError } from '@chainrule/errors';
import type { DType, Tensor } from '@chainrule/tensor';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readIdx } from './readIdx.ts';

interface Reference {
  readonly dtype: DType;
  readonly bytes: number;
  readonly read: (at: number, from: Buffer) => number;
}

/** Node's own readers of each element type. */
const reference: Record<number, Reference> = {
  0x08: { dtype: 'uint8', bytes: 1, read: (at, from) => from.readUInt8(at) },
  0x09: { dtype: 'int32', bytes: 1, read: (at, from) => from.readInt8(at) },
  0x0b: { dtype: 'int32', bytes: 2, read: (at, from) => from.readInt16BE(at) },
  0x0c: { dtype: 'int32', bytes: 4, read: (at, from) => from.readInt32BE(at) },
  0x0d: { dtype: 'float32', bytes: 4, read: (at, from) => from.readFloatBE(at) },
  0x0e: { dtype: 'float64', bytes: 8, read: (at, from) => from.readDoubleBE(at) },
};

function header(type: number, shape: readonly number[]): number[] {
  return [0, 0, type, shape.length, ...shape.flatMap((n) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255])];
}

/** Checks that readIdx gives the tensor that the bytes describe, or a FormatError. */
function readsOrRefuses(bytes: Uint8Array): void {
  let result: Tensor;
  try {
    result = readIdx(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    expect((error as Error).message).toMatch(/^readIdx: bytes: expected .*, got .* at offset \d+$/);
    return;
  }
  const from = Buffer.from(bytes);
  const { dtype, bytes: width, read } = reference[bytes[2]!]!;
  expect(result.dtype).toBe(dtype);
  expect(result.shape).toEqual(Array.from({ length: bytes[3]! }, (_, i) => from.readUInt32BE(4 + 4 * i)));
  const start = 4 + 4 * bytes[3]!;
  expect(start + result.size * width).toBe(bytes.length);
  expect(result.data.every((value, i) => Object.is(value, read(start + i * width, from)))).toBe(true);
}

const validFile = fc
  .record({
    type: fc.constantFrom(...Object.keys(reference).map(Number)),
    shape: fc.array(fc.nat(5), { maxLength: 4 }),
  })
  .chain(({ type, shape }) => {
    const length = shape.reduce((a, b) => a * b, 1) * reference[type]!.bytes;
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((body) => Uint8Array.from([...header(type, shape), ...body]));
  });

const file = (type: number, shape: readonly number[], body: readonly number[]): Uint8Array =>
  Uint8Array.from([...header(type, shape), ...body]);

test('readIdx reads bytes, integers and floats in big-endian order', () => {
  expect(readIdx(file(0x08, [2, 1], [1, 255])).toArray()).toEqual([[1], [255]]);
  expect(readIdx(file(0x09, [2], [1, 255])).toArray()).toEqual([1, -1]);
  expect(readIdx(file(0x0b, [2], [1, 2, 255, 254])).toArray()).toEqual([258, -2]);
  expect(readIdx(file(0x0c, [1], [128, 0, 0, 1])).toArray()).toEqual([-2147483647]);
  expect(readIdx(file(0x0d, [1], [0xc0, 0x49, 0x0f, 0xdb])).toArray()).toEqual([Math.fround(-Math.PI)]);
  expect(readIdx(file(0x0e, [1], [0x40, 0x09, 0x21, 0xfb, 0x54, 0x44, 0x2d, 0x18])).toArray()).toEqual([Math.PI]);
});

test('readIdx reads a scalar and an array without elements', () => {
  expect(readIdx(file(0x08, [], [7])).item()).toBe(7);
  expect(readIdx(file(0x0e, [3, 0, 4294967295], [])).shape).toEqual([3, 0, 4294967295]);
});

test('readIdx copies the values, so that later changes of a Buffer do not show', () => {
  const buffer = Buffer.from([9, 9, 9, ...file(0x08, [2], [1, 2]), 9]);
  const result = readIdx(buffer.subarray(3, -1));
  buffer.fill(0);
  expect(result.toArray()).toEqual([1, 2]);
});

test('readIdx errors name the problem and the offset', () => {
  const messages = [
    [],
    [0],
    [0x1f, 0x8b, 8, 0],
    [0, 1, 8, 1],
    [0, 0, 0x0a, 1],
    [0, 0, 8, 9],
    [0, 0, 8, 2, 0, 0],
    header(0x0b, [2, 3]),
    [...header(0x0b, [2, 3]), ...new Uint8Array(13)],
    header(0x0e, [2 ** 32 - 1, 2 ** 32 - 1]),
  ].map((bytes) => {
    try {
      return readIdx(Uint8Array.from(bytes), { name: 'a.idx' });
    } catch (error) {
      return (error as Error).message;
    }
  });
  expect(messages).toMatchInlineSnapshot(`
    [
      "readIdx: a.idx: expected a header of at least 4 bytes, got the end of the 0 bytes at offset 0",
      "readIdx: a.idx: expected a header of at least 4 bytes, got the end of the 1 byte at offset 1",
      "readIdx: a.idx: expected two zero bytes, got gzip data (use \`gunzip\`) at offset 0",
      "readIdx: a.idx: expected two zero bytes, got 0x0001 at offset 0",
      "readIdx: a.idx: expected the element type 0x08, 0x09, 0x0b, 0x0c, 0x0d or 0x0e, got 0x0a at offset 2",
      "readIdx: a.idx: expected at most 8 dimensions, got 9 at offset 3",
      "readIdx: a.idx: expected a header of 12 bytes for 2 dimensions, got the end of the data at offset 6",
      "readIdx: a.idx: expected 24 bytes for int32 values of sizes [2,3], got the end of the data at offset 12",
      "readIdx: a.idx: expected 24 bytes for int32 values of sizes [2,3], got 1 byte more at offset 24",
      "readIdx: a.idx: expected at most 2147483647 elements, got sizes [4294967295,4294967295] at offset 4",
    ]
  `);
});

test('readIdx reads every valid file as Node does', () => {
  fc.assert(
    fc.property(validFile, (bytes) => {
      readIdx(bytes);
      readsOrRefuses(bytes);
    }),
  );
});

test('readIdx of arbitrary bytes gives a tensor or a FormatError', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), readsOrRefuses), { numRuns: 500 });
  const headed = fc.tuple(
    fc.constantFrom(...Object.keys(reference).map(Number)),
    fc.nat(10),
    fc.uint8Array({ maxLength: 80 }),
  );
  fc.assert(
    fc.property(headed, ([type, rank, rest]) => readsOrRefuses(Uint8Array.from([0, 0, type, rank, ...rest]))),
    { numRuns: 500 },
  );
});

test('readIdx of a changed, truncated or extended file gives the tensor it describes or a FormatError', () => {
  const change = fc.record({ at: fc.nat(), remove: fc.nat(3), insert: fc.uint8Array({ maxLength: 3 }) });
  fc.assert(
    fc.property(validFile, fc.array(change, { minLength: 1, maxLength: 3 }), (bytes, changes) => {
      const mutated = [...bytes];
      for (const { at, remove, insert } of changes) mutated.splice(at % (mutated.length + 1), remove, ...insert);
      readsOrRefuses(Uint8Array.from(mutated));
    }),
    { numRuns: 1000 },
  );
});

test('readIdx does not allocate memory before it has checked the header', () => {
  const size = fc.integer({ min: 2 ** 20, max: 2 ** 32 - 1 });
  const before = process.memoryUsage().arrayBuffers;
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(reference).map(Number)),
      fc.array(size, { minLength: 1, maxLength: 8 }),
      (type, shape) => {
        expect(() => readIdx(file(type, shape, [1, 2, 3]))).toThrow(FormatError);
      },
    ),
  );
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
});
