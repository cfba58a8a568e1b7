import { FormatError, OptionError } from '@chainrule/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLines, readText } from './readLines.ts';
import { hasRealData, readRealData } from '../../../../scripts/testing/realData.ts';

test('readLines splits at both line ends', () => {
  expect([readLines('a\r\n\nb\n'), readLines('a\nb'), readLines(''), readLines('\n')]).toEqual([
    ['a', '', 'b'],
    ['a', 'b'],
    [],
    [''],
  ]);
  expect(readLines(Uint8Array.of(0xef, 0xbb, 0xbf, 97))).toEqual(['a']);
});

test('readText decodes other encodings, and its errors give the offset', () => {
  expect(readText(Uint8Array.of(0xa3, 0x31), { encoding: 'latin1' })).toBe('£1');
  const messages = [[97, 98, 0xa3, 99], [97, 0xe2, 0x82], [0xff]].map((bytes) => {
    try {
      return readText(Uint8Array.from(bytes), { name: 'a.txt' });
    } catch (error) {
      return String(error);
    }
  });
  expect(messages).toMatchInlineSnapshot(`
    [
      "FormatError: readText: a.txt: expected utf-8, got 0xa3 at offset 2; name another \`encoding\`",
      "FormatError: readText: a.txt: expected utf-8, got the end of the data at offset 3; name another \`encoding\`",
      "FormatError: readText: a.txt: expected utf-8, got 0xff at offset 0; name another \`encoding\`",
    ]
  `);
  expect(() => readText(Uint8Array.of(1), { encoding: 'nonsense' })).toThrow(OptionError);
});

test('readLines restores any text, and gives lines or a FormatError for any bytes', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string({ unit: 'grapheme' }).map((line) => line.replace(/[\r\n\ufeff]/g, '')),
        { minLength: 1 },
      ),
      (lines) => {
        expect(readLines(new TextEncoder().encode(`${lines.join('\n')}\n`))).toEqual(lines);
      },
    ),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => {
      try {
        expect(Buffer.byteLength(readText(bytes))).toBeLessThanOrEqual(bytes.length);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        const offset = Number(/offset (\d+)/.exec((error as Error).message)![1]);
        expect(() => readText(bytes.subarray(0, offset))).not.toThrow('offset 0');
      }
    }),
    { numRuns: 500 },
  );
});

describe.skipIf(!hasRealData('text/names.txt', 1))('real texts', () => {
  test('readLines reads names, and messages that are not UTF-8', () => {
    expect(readLines(readRealData('text/names.txt'))).toHaveLength(32033);
    expect(() => readText(readRealData('text/spam.csv'), { name: 'spam.csv' })).toThrow(
      /^readText: spam.csv: expected utf-8, got 0x/,
    );
    expect(readText(readRealData('text/spam.csv'), { encoding: 'latin1' })).toContain('£');
  });
});
