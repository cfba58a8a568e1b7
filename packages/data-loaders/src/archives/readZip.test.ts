import { FormatError } from '@chainrule/errors';
import fc from 'fast-check';
import { type Zippable, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readZip } from './readZip.ts';
import { hasRealData, readRealData } from '../datasets/realData.node.ts';

const packed = (files: Zippable): Uint8Array => zipSync(files);
const anyFiles = fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((name) => !name.endsWith('/') && name !== '__proto__'), fc.tuple(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(0 as const, 6 as const)), { noNullPrototype: true });
const asZippable = (files: Record<string, [Uint8Array, 0 | 6]>): Zippable => Object.fromEntries(Object.entries(files).map(([name, [bytes, level]]) => [name, [bytes, { level }]]));
const problem = (bytes: Uint8Array, maxBytes?: number): Promise<string> =>
  readZip(bytes, { name: 'a.zip', ...(maxBytes === undefined ? {} : { maxBytes }) }).then((files) => `read ${files.size}`, (error: Error) => `${error.name}: ${error.message}`);

test('readZip gives back what fflate packed', async () => {
  await fc.assert(fc.asyncProperty(anyFiles, async (files) => {
    const read = await readZip(packed(asZippable(files)));
    expect([...read.keys()].sort()).toEqual(Object.keys(files).sort());
    for (const [name, [bytes]] of Object.entries(files)) expect(Buffer.compare(read.get(name)!, bytes)).toBe(0);
  }));
});

test('readZip leaves out folders and what is not asked for', async () => {
  const bytes = packed({ dir: { 'a.txt': new Uint8Array(2), 'b.bin': new Uint8Array(3) }, empty: {} });
  expect([...(await readZip(bytes)).keys()]).toEqual(['dir/a.txt', 'dir/b.bin']);
  expect([...(await readZip(bytes, { only: (file) => file.endsWith('.txt') })).keys()]).toEqual(['dir/a.txt']);
});

test('readZip says what is wrong, and where', async () => {
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
      "FormatError: readZip: a.zip: expected at most 100 unpacked bytes (\`maxBytes\`), got 500 more for "b" at offset 85",
      "FormatError: readZip: a.zip: expected the checksum 0x1f877c1e for "a.txt", got 0xbc115452 at offset 35",
      "FormatError: readZip: a.zip: expected an archive in one part, got one of several at offset 225",
      "FormatError: readZip: a.zip: expected fewer than 65535 files and 4 GiB, got an archive in the zip64 format at offset 231",
      "FormatError: readZip: a.zip: expected a directory entry 0x02014b50, got 0x02014b00 at offset 123",
      "FormatError: readZip: a.zip: expected files that are not encrypted, got an encrypted one at offset 131",
      "FormatError: readZip: a.zip: expected "a.txt" stored or deflated, got method 12 at offset 8",
      "FormatError: readZip: a.zip: expected 49 bytes in "a.txt", got 50 at offset 35",
      "FormatError: readZip: a.zip: expected a header 0x04034b50 for "a.txt", got 0x00010000 at offset 200",
      "FormatError: readZip: a.zip: expected 65535 bytes for "a.txt", got the end of the bytes at offset 35",
      "FormatError: readZip: a.zip: expected each file once, got "a" again at offset 34",
      "OptionError: readZip: \`maxBytes\` must be an integer of at least 0, got -1",
    ]
  `);
});

test('readZip refuses bombs after little of them', async () => {
  const bomb = packed(Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`f${i}`, new Uint8Array(1_000_000)])));
  expect(await problem(bomb, 10_000_000)).toMatch(/expected at most 10000000 unpacked bytes/);
  // A header that tells less than there is.
  const liar = packed({ a: new Uint8Array(50_000_000) });
  const view = new DataView(liar.buffer);
  view.setUint32(view.getUint32(liar.length - 6, true) + 24, 10, true);
  expect(await problem(liar)).toMatch(/expected at most 10 unpacked bytes/);
});

test('readZip meets changed archives with the original files or a FormatError', async () => {
  const change = fc.record({ at: fc.nat(), remove: fc.nat(3), insert: fc.uint8Array({ maxLength: 3 }) });
  await fc.assert(fc.asyncProperty(anyFiles, fc.array(change, { minLength: 1, maxLength: 2 }), async (files, changes) => {
    const bytes = [...packed(asZippable(files))];
    for (const { at, remove, insert } of changes) bytes.splice(at % bytes.length, remove, ...insert);
    const read: unknown = await readZip(Uint8Array.from(bytes)).catch((error: unknown) => error);
    if (!(read instanceof Map)) {
      expect(read).toBeInstanceOf(FormatError);
      return;
    }
    const originals = Object.values(files).map(([content]) => Buffer.from(content).toString('hex'));
    for (const content of (read as Map<string, Uint8Array>).values()) expect(originals).toContain(Buffer.from(content).toString('hex'));
  }), { numRuns: 300 });
});

test('readZip meets arbitrary bytes with a FormatError', async () => {
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
    const end = Uint8Array.from([...bytes, 0x50, 0x4b, 5, 6, ...new Uint8Array(4), 1, 0, 1, 0, 46, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for (const input of [bytes, end]) expect(await readZip(input).catch((error: unknown) => error)).toBeInstanceOf(FormatError);
  }), { numRuns: 200 });
});

describe.skipIf(!hasRealData('timeseries/IndoorMovement.zip', 1))('real archives', () => {
  test('readZip reads all files of IndoorMovement.zip, names_by_gender.zip and a .keras archive', async () => {
    const indoor = await readZip(readRealData('timeseries/IndoorMovement.zip'));
    expect([...indoor.keys()].filter((file) => /MovementAAL_RSS_\d+\.csv$/.test(file))).toHaveLength(314);
    expect((await readZip(readRealData('text/names_by_gender.zip'))).size).toBeGreaterThanOrEqual(3);
    expect((await readZip(readRealData('weights/nested_container.keras'))).size).toBe(3);
  });
});
