import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { FormatError } from '@chainrule/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gunzip } from './gunzip.ts';
import { readTar } from './readTar.ts';
import { tarEntry, tarOf } from '../../testing/tar.ts';
import { hasRealData, readRealData } from '../../../../scripts/testing/realData.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

test('readTar finds files, long names and prefixes, and skips entries that are not files', () => {
  const pax = ' path=pax/name\n';
  const files = readTar(
    tarOf(
      tarEntry('a', text('one')),
      tarEntry('dir/', text(''), '5'),
      tarEntry('link', text(''), '2'),
      tarEntry('b', new Uint8Array(512), '\0', 'pre/fix'),
      tarEntry('././@LongLink', text(`${'l'.repeat(200)}\0`), 'L'),
      tarEntry('l', text('long')),
      tarEntry('PaxHeader', text(`${pax.length + 2}${pax}`), 'x'),
      tarEntry('p', text('pax')),
    ),
  );
  expect([...files].map(([name, bytes]) => [name.slice(0, 12), bytes.length])).toEqual([
    ['a', 3],
    ['pre/fix/b', 512],
    ['l'.repeat(12), 4],
    ['pax/name', 3],
  ]);
});

test('readTar errors name the problem and the offset', () => {
  const good = tarOf(tarEntry('a', text('one')));
  const changed = Buffer.from(good);
  changed[0]! ^= 1;
  const octal = Buffer.from(good);
  octal.write('9', 124);
  expect(
    [new Uint8Array(3), good.subarray(0, 600), good.subarray(0, 1024), changed, octal, Buffer.alloc(512, 'x')].map(
      (bytes) => {
        try {
          return readTar(bytes, { name: 'a.tar' });
        } catch (error) {
          return String(error);
        }
      },
    ),
  ).toMatchInlineSnapshot(`
    [
      "FormatError: readTar: a.tar: expected a block of zeros at the end, got the end of the data at offset 0",
      "FormatError: readTar: a.tar: expected 3 bytes for "a", got the end of the data at offset 512",
      "FormatError: readTar: a.tar: expected a block of zeros at the end, got the end of the data at offset 1024",
      "FormatError: readTar: a.tar: expected the checksum 1586 in a header, got 003063 at offset 148",
      "FormatError: readTar: a.tar: expected the checksum 1596 in a header, got 003063 at offset 148",
      "FormatError: readTar: a.tar: expected a number in octal, got "xxxxxxxx" at offset 148",
    ]
  `);
});

test('readTar of a changed archive gives files or a FormatError', () => {
  const change = fc.record({ at: fc.nat(), remove: fc.nat(3), insert: fc.uint8Array({ maxLength: 3 }) });
  const good = tarOf(
    tarEntry('a', text('one')),
    tarEntry('x', text('20 path=pax/name_xy\n'), 'x'),
    tarEntry('b', new Uint8Array(700)),
  );
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const bytes = [...good];
      for (const { at, remove, insert } of changes) bytes.splice(at % bytes.length, remove, ...insert);
      try {
        for (const content of readTar(Uint8Array.from(bytes)).values())
          expect(content.length).toBeLessThan(bytes.length);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    }),
    { numRuns: 500 },
  );
});

test('readTar reads archives of the tar command', () => {
  const files = readTar(
    execFileSync('tar', ['-cf', '-', '-C', join(import.meta.dirname, '..'), 'index.ts', 'archives'], {
      maxBuffer: 2 ** 26,
    }),
  );
  expect([...files.keys()]).toEqual(expect.arrayContaining(['index.ts', 'archives/readTar.ts']));
});

describe.skipIf(!hasRealData('text/review_polarity.tar.gz', 1))('a real archive', () => {
  test('readTar finds the 2,000 reviews of review_polarity.tar.gz', async () => {
    const files = readTar(await gunzip(readRealData('text/review_polarity.tar.gz')));
    expect([...files.keys()].filter((name) => /\/(pos|neg)\/.*\.txt$/.test(name))).toHaveLength(2000);
  });
});
