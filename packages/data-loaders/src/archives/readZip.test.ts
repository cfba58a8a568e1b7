import { FormatError } from '@chainrule/errors';
import fc from 'fast-check';
import { type Zippable, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readZip } from './readZip.ts';
import { hasRealData, readRealData } from '../../../../scripts/testing/realData.ts';

const packed = (files: Zippable): Uint8Array => zipSync(files);
const anyFiles = fc.dictionary(
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .filter((name) => !name.endsWith('/') && name !== '__proto__'),
  fc.tuple(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(0 as const, 6 as const)),
  { noNullPrototype: true },
);
const asZippable = (files: Record<string, [Uint8Array, 0 | 6]>): Zippable =>
  Object.fromEntries(Object.entries(files).map(([name, [bytes, level]]) => [name, [bytes, { level }]]));
const problem = (bytes: Uint8Array, maxBytes?: number): Promise<string> =>
  readZip(bytes, { name: 'a.zip', ...(maxBytes === undefined ? {} : { maxBytes }) }).then(
    (files) => `read ${files.size}`,
    (error: Error) => `${error.name}: ${error.message}`,
  );

test('readZip restores the input of fflate', async () => {
  await fc.assert(
    fc.asyncProperty(anyFiles, async (files) => {
      const read = await readZip(packed(asZippable(files)));
      expect([...read.keys()].sort()).toEqual(Object.keys(files).sort());
      for (const [name, [bytes]] of Object.entries(files)) expect(Buffer.compare(read.get(name)!, bytes)).toBe(0);
    }),
  );
});

test('readZip skips folders and files that `only` rejects', async () => {
  const bytes = packed({ dir: { 'a.txt': new Uint8Array(2), 'b.bin': new Uint8Array(3) }, empty: {} });
  expect([...(await readZip(bytes)).keys()]).toEqual(['dir/a.txt', 'dir/b.bin']);
  expect([...(await readZip(bytes, { only: (file) => file.endsWith('.txt') })).keys()]).toEqual(['dir/a.txt']);
});

test('readZip errors name the problem and the offset', async () => {
  const bytes = packed({ 'a.txt': [new Uint8Array(50), { level: 0 }], b: new Uint8Array(500) });
  const changed = (at: number, ...values: number[]): Uint8Array => {
    const copy = new Uint8Array(bytes);
    copy.set(values, at < 0 ? copy.length + at : at);
    return copy;
  };
  const directory = new DataView(bytes.buffer).getUint32(bytes.length - 6, true);
  const messages = await Promise.all([
    problem(new Uint8Array(10)),
    problem(bytes.subarray(0, -1)),
    problem(bytes, 100),
    problem(changed(40, 1)),
    problem(changed(-12, 0xff, 0xff)),
    problem(changed(-14, 0xff, 0xff, 0xff, 0xff)),
    problem(changed(directory, 0)),
    problem(changed(directory + 8, 1)),
    problem(changed(directory + 10, 12)),
    problem(changed(directory + 24, 49)),
    problem(changed(directory + 42, 200)),
    problem(changed(directory + 20, 255, 255)),
    problem(packed({ a: new Uint8Array(1), b: new Uint8Array(1) }).map((byte) => (byte === 98 ? 97 : byte))),
    problem(bytes, -1),
  ]);
  expect(messages).toMatchInlineSnapshot(`
    [
      "FormatError: readZip: a.zip: expected the end record 0x06054b50 of a zip archive, got none at offset 10",
      "FormatError: readZip: a.zip: expected the end record 0x06054b50 of a zip archive, got none at offset 242",
      "FormatError: readZip: a.zip: expected at most 100 unpacked bytes (\`maxBytes\`), got 500 more for "b" at offset 198",
      "FormatError: readZip: a.zip: expected the checksum 0x1f877c1e for "a.txt", got 0xbc115452 at offset 139",
      "FormatError: readZip: a.zip: expected an archive in one part, got one in several parts at offset 225",
      "FormatError: readZip: a.zip: expected 65535 files in the directory, got its end after 2 at offset 221",
      "FormatError: readZip: a.zip: expected a directory of 98 bytes at offset 123, got other data at offset 237",
      "FormatError: readZip: a.zip: expected unencrypted files, got "a.txt" encrypted at offset 131",
      "FormatError: readZip: a.zip: expected "a.txt" stored or deflated, got method 12 at offset 133",
      "FormatError: readZip: a.zip: expected 49 bytes in "a.txt", got 50 at offset 147",
      "FormatError: readZip: a.zip: expected a header 0x04034b50 for "a.txt", got 0x00010000 at offset 200",
      "FormatError: readZip: a.zip: expected 65535 bytes for "a.txt", got the end of the data at offset 243",
      "FormatError: readZip: a.zip: expected unique file names, got "a" twice at offset 115",
      "OptionError: readZip: \`maxBytes\` must be an integer of at least 0, got -1",
    ]
  `);
});

/** An archive of one stored file with the content `x`, which uses zip64 wherever it can. */
function zip64(): Uint8Array {
  const bytes = packed({ a: [new TextEncoder().encode('x'), { level: 0 }] });
  const view = new DataView(bytes.buffer);
  const directory = view.getUint32(bytes.length - 6, true);
  const extra = Buffer.alloc(28);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  extra.writeBigUInt64LE(1n, 4);
  extra.writeBigUInt64LE(1n, 12);
  const entry = Buffer.from(bytes.subarray(directory, directory + 47));
  entry.fill(0xff, 20, 28);
  entry.fill(0xff, 42, 46);
  entry.writeUInt16LE(28, 30);
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(1n, 32);
  record.writeBigUInt64LE(75n, 40);
  record.writeBigUInt64LE(BigInt(directory), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(directory + 75), 8);
  const end = Buffer.alloc(22, 0xff);
  end.writeUInt32LE(0x06054b50, 0);
  end.fill(0, 4, 8);
  end.fill(0, 20);
  return Buffer.concat([bytes.subarray(0, directory), entry, extra, record, locator, end]);
}

test('readZip reads the zip64 format, comments, and archives with bytes after the end', async () => {
  expect(Buffer.from((await readZip(zip64())).get('a')!).toString()).toBe('x');
  const plain = packed({ a: Uint8Array.of(1, 2, 3) });
  for (const after of [Buffer.alloc(1), Buffer.alloc(60_000, 'x')])
    expect((await readZip(Buffer.concat([plain, after]))).get('a')).toEqual(Uint8Array.of(1, 2, 3));
});

test('readZip throws for files that share bytes', async () => {
  // Both directory entries point to the first file.
  const bytes = packed({ a: new Uint8Array(1000), b: new Uint8Array(1000) });
  const view = new DataView(bytes.buffer);
  view.setUint32(view.getUint32(bytes.length - 6, true) + 47 + 42, 0, true);
  expect(await problem(bytes)).toMatchInlineSnapshot(
    `"FormatError: readZip: a.zip: expected 10 unshared bytes for "a", got another file at offset 0"`,
  );
});

test('readZip stops early at a zip bomb', async () => {
  const bomb = packed(Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`f${i}`, new Uint8Array(1_000_000)])));
  expect(await problem(bomb, 10_000_000)).toMatch(/expected at most 10000000 unpacked bytes/);
  // A header with a size smaller than the content.
  const liar = packed({ a: new Uint8Array(50_000_000) });
  const view = new DataView(liar.buffer);
  view.setUint32(view.getUint32(liar.length - 6, true) + 24, 10, true);
  expect(await problem(liar)).toMatch(/expected at most 10 unpacked bytes/);
});

test('readZip of a changed archive gives the original files or a FormatError', async () => {
  const change = fc.record({ at: fc.nat(), remove: fc.nat(3), insert: fc.uint8Array({ maxLength: 3 }) });
  await fc.assert(
    fc.asyncProperty(anyFiles, fc.array(change, { minLength: 1, maxLength: 2 }), async (files, changes) => {
      const bytes = [...packed(asZippable(files))];
      for (const { at, remove, insert } of changes) bytes.splice(at % bytes.length, remove, ...insert);
      const read: unknown = await readZip(Uint8Array.from(bytes)).catch((error: unknown) => error);
      if (!(read instanceof Map)) {
        expect(read).toBeInstanceOf(FormatError);
        return;
      }
      const originals = Object.values(files).map(([content]) => Buffer.from(content).toString('hex'));
      for (const content of (read as Map<string, Uint8Array>).values())
        expect(originals).toContain(Buffer.from(content).toString('hex'));
    }),
    { numRuns: 300 },
  );
});

test('readZip throws a FormatError for arbitrary bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
      const end = Uint8Array.from([
        ...bytes,
        0x50,
        0x4b,
        5,
        6,
        ...new Uint8Array(4),
        1,
        0,
        1,
        0,
        46,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
      ]);
      for (const input of [bytes, end])
        expect(await readZip(input).catch((error: unknown) => error)).toBeInstanceOf(FormatError);
    }),
    { numRuns: 200 },
  );
});

describe.skipIf(!hasRealData('timeseries/IndoorMovement.zip', 1))('real archives', () => {
  test('readZip reads all files of IndoorMovement.zip, names_by_gender.zip and a .keras archive', async () => {
    const indoor = await readZip(readRealData('timeseries/IndoorMovement.zip'));
    expect([...indoor.keys()].filter((file) => /MovementAAL_RSS_\d+\.csv$/.test(file))).toHaveLength(314);
    expect((await readZip(readRealData('text/names_by_gender.zip'))).size).toBeGreaterThanOrEqual(3);
    expect((await readZip(readRealData('weights/nested_container.keras'))).size).toBe(3);
  });
});
