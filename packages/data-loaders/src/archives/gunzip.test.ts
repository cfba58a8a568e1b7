import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { FormatError } from '@chainrule/errors';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gunzip, maybeGunzip } from './gunzip.ts';

const pack = (bytes: Uint8Array): Uint8Array => new Uint8Array(gzipSync(bytes));
const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const messageOf = (bytes: Uint8Array, maxBytes?: number): Promise<string> =>
  gunzip(bytes, { name: 'a.gz', ...(maxBytes === undefined ? {} : { maxBytes }) }).then(
    (out) => `unpacked ${out.length} bytes`,
    (error: unknown) => `${(error as Error).name}: ${(error as Error).message}`,
  );

/** Bytes in which compressible runs alternate with incompressible ones. */
const content = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.tuple(fc.nat(255), fc.nat(100_000)).map(([byte, n]) => new Uint8Array(n).fill(byte)),
);

test('gunzip restores the input of gzip, small and large', async () => {
  await fc.assert(
    fc.asyncProperty(content, async (bytes) => {
      expect(Buffer.compare(await gunzip(pack(bytes)), bytes)).toBe(0);
    }),
  );
  const large = new Uint8Array(randomBytes(3_000_000));
  expect(Buffer.compare(await gunzip(pack(large)), large)).toBe(0);
});

test('gunzip reads a part of a larger buffer', async () => {
  const packed = pack(Uint8Array.of(1, 2, 3));
  expect(await gunzip(Buffer.concat([Uint8Array.of(7), packed, Uint8Array.of(7)]).subarray(1, -1))).toEqual(
    Uint8Array.of(1, 2, 3),
  );
});

test('maybeGunzip unpacks gzip data and passes other bytes through', async () => {
  const plain = Uint8Array.of(0, 0, 8, 1);
  expect(await maybeGunzip(plain)).toBe(plain);
  expect(await maybeGunzip(new Uint8Array())).toHaveLength(0);
  expect(await maybeGunzip(pack(plain))).toEqual(plain);
});

test('gunzip errors name the problem and the offset', async () => {
  const packed = pack(new Uint8Array(randomBytes(50_000)));
  const corrupt = packed.slice();
  corrupt[20_000]! ^= 1;
  const messages = await Promise.all([
    messageOf(new Uint8Array()),
    messageOf(Uint8Array.of(31)),
    messageOf(new TextEncoder().encode('plain')),
    messageOf(packed.subarray(0, 12)),
    messageOf(packed.subarray(0, 30_000)),
    messageOf(corrupt),
    messageOf(join(pack(Uint8Array.of(1)), new Uint8Array(9), Uint8Array.of(7))),
    messageOf(join(pack(Uint8Array.of(1)), pack(Uint8Array.of(1)).subarray(0, -1))),
    messageOf('text' as unknown as Uint8Array),
    messageOf(pack(Uint8Array.of(1)), -1),
  ]);
  expect(messages).toMatchInlineSnapshot(`
    [
      "FormatError: gunzip: a.gz: expected 0x1f8b, got no bytes at offset 0",
      "FormatError: gunzip: a.gz: expected 0x1f8b, got 0x1f at offset 0",
      "FormatError: gunzip: a.gz: expected 0x1f8b, got 0x706c at offset 0",
      "FormatError: gunzip: a.gz: expected a whole gzip stream, got truncated data: the bytes end at offset 12",
      "FormatError: gunzip: a.gz: expected a whole gzip stream, got truncated data: the bytes end at offset 30000",
      "FormatError: gunzip: a.gz: expected a whole gzip stream, got corrupt data (incorrect data check) at offset 50030",
      "FormatError: gunzip: a.gz: expected another gzip member or zeros after the last one, got 0x07 at offset 30",
      "FormatError: gunzip: a.gz: expected a whole gzip stream, got truncated data: the bytes end at offset 41",
      "OptionError: gunzip: \`bytes\` must be a Uint8Array, got "text"; wrap an ArrayBuffer by \`new Uint8Array(buffer)\`",
      "OptionError: gunzip: \`maxBytes\` must be an integer of at least 0, got -1",
    ]
  `);
});

test('gunzip stops early at a gzip bomb', async () => {
  const bomb = pack(new Uint8Array(200_000_000));
  const before = process.memoryUsage().arrayBuffers;
  expect(await messageOf(bomb, 1_000_000)).toMatchInlineSnapshot(
    `"FormatError: gunzip: a.gz: expected at most 1000000 unpacked bytes (\`maxBytes\`), got more at offset 1040"`,
  );
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
});

test('gunzip allows exactly maxBytes', async () => {
  const packed = pack(new Uint8Array(70_000));
  expect(await messageOf(packed, 70_000)).toBe('unpacked 70000 bytes');
  expect(await messageOf(packed, 69_999)).toMatch(/^FormatError/);
  expect(await messageOf(pack(new Uint8Array()), 0)).toBe('unpacked 0 bytes');
});

test('gunzip throws for every truncation', async () => {
  await fc.assert(
    fc.asyncProperty(content, fc.nat(), async (bytes, cut) => {
      const packed = pack(bytes);
      await expect(gunzip(packed.subarray(0, cut % packed.length))).rejects.toBeInstanceOf(FormatError);
    }),
  );
});

test('gunzip joins members and skips zeros after the last one', async () => {
  const zeros = fc.nat(40).map((n) => new Uint8Array(n));
  await fc.assert(
    fc.asyncProperty(fc.array(content, { minLength: 1, maxLength: 4 }), zeros, async (members, after) => {
      expect(Buffer.compare(await gunzip(join(...members.map(pack), after)), join(...members))).toBe(0);
    }),
  );
});

test('gunzip throws for bytes after the last member', async () => {
  const garbage = fc
    .uint8Array({ minLength: 1, maxLength: 40 })
    .filter((bytes) => bytes.some((byte) => byte !== 0) && bytes[0] !== 31);
  await fc.assert(
    fc.asyncProperty(content, garbage, async (bytes, after) => {
      await expect(gunzip(join(pack(bytes), after))).rejects.toBeInstanceOf(FormatError);
    }),
  );
});

test('gunzip of a changed stream gives the original bytes or a FormatError', async () => {
  const change = fc.record({ at: fc.nat(), remove: fc.nat(2), insert: fc.uint8Array({ maxLength: 2 }) });
  await fc.assert(
    fc.asyncProperty(content, change, async (bytes, { at, remove, insert }) => {
      const mutated = [...pack(bytes)];
      mutated.splice(at % mutated.length, remove, ...insert);
      const result: unknown = await gunzip(Uint8Array.from(mutated)).catch((error: unknown) => error);
      if (result instanceof Uint8Array) expect(Buffer.compare(result, bytes)).toBe(0);
      else expect(result).toBeInstanceOf(FormatError);
    }),
    { numRuns: 300 },
  );
});

test('gunzip of arbitrary bytes after the magic number gives bytes or a FormatError', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (rest) => {
      const result: unknown = await gunzip(Uint8Array.from([31, 139, 8, 0, ...rest])).catch((error: unknown) => error);
      if (!(result instanceof Uint8Array)) expect(result).toBeInstanceOf(FormatError);
    }),
    { numRuns: 300 },
  );
});
