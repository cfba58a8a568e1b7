import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textLines, type TextLinesOptions } from './index.ts';
import { fileLines } from './index.node.ts';

const collect = async (lines: AsyncIterable<string>): Promise<string[]> => {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
};
const read = (chunks: Uint8Array[], options?: TextLinesOptions): Promise<string[]> =>
  collect(textLines(chunks, options));

test('textLines splits any text into lines, for any division into chunks', async () => {
  const line = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n\ufeff]/g, ''));
  await fc.assert(
    fc.asyncProperty(
      fc.array(line),
      fc.constantFrom('\n', '\r\n'),
      fc.integer({ min: 1, max: 7 }),
      async (lines, end, size) => {
        const bytes = new TextEncoder().encode(lines.map((text) => text + end).join(''));
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
          bytes.subarray(i * size, (i + 1) * size),
        );
        expect(await read(chunks)).toEqual(lines);
      },
    ),
  );
});

test('textLines drops a byte order mark and accepts a last line without a line end', async () => {
  expect(await read([Uint8Array.of(0xef, 0xbb), Uint8Array.of(0xbf, 97, 10, 98)])).toEqual(['a', 'b']);
  expect(await read([])).toEqual([]);
  expect(await read([Uint8Array.of(10, 10)])).toEqual(['', '']);
});

test('textLines throws for invalid bytes or replaces them by U+FFFD', async () => {
  await expect(read([Uint8Array.of(97, 10, 0xff)])).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: textLines: bytes: expected utf-8, got invalid bytes in or soon after line 1; set another \`encoding\`, or \`replaceInvalid\`]`,
  );
  await expect(read([Uint8Array.of(0xc3)])).rejects.toThrow(
    'expected utf-8, got invalid bytes in or soon after line 1',
  );
  expect(await read([Uint8Array.of(97, 0xff, 98, 0xc3)], { replaceInvalid: true })).toEqual(['a\ufffdb\ufffd']);
  expect(await read([Uint8Array.of(0xe9)], { encoding: 'latin1' })).toEqual(['é']);
  await expect(read([], { encoding: 'no such' })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[OptionError: textLines: \`encoding\` must be one that the platform knows, such as "utf-8", got "no such"]`,
  );
  await expect(
    read([Uint8Array.of(97, 97), Uint8Array.of(97, 97)], { maxLineLength: 3 }),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: textLines: bytes: expected lines of at most 3 units, got a longer one at line 1; raise \`maxLineLength\`]`,
  );
});

test('fileLines reads plain and compressed files, and its errors name the file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-lines-'));
  const path = (name: string): string => join(folder, name);
  try {
    writeFileSync(path('a.txt'), 'é\nb\n');
    writeFileSync(path('a.txt.gz'), gzipSync('é\nb'));
    writeFileSync(path('cut.gz'), gzipSync('a'.repeat(1000)).subarray(0, 15));
    expect(await collect(fileLines(path('a.txt')))).toEqual(['é', 'b']);
    expect(await collect(fileLines(path('a.txt.gz')))).toEqual(['é', 'b']);
    await expect(collect(fileLines(path('cut.gz'), { name: 'cut' }))).rejects.toThrow(
      /^fileLines: .*cut\.gz: expected gzip, got unexpected end of file/,
    );
    await expect(collect(fileLines(path('none')))).rejects.toThrow(/^fileLines: .*none must exist/);
    for await (const line of fileLines(path('a.txt'))) {
      expect(line).toBe('é');
      break;
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the line end does not count for maxLineLength, in any division into chunks', async () => {
  const encoder = new TextEncoder();
  for (const end of ['\n', '\r\n'])
    for (let at = 0; at <= 4; at++) {
      const text = `abc${end}abc`;
      const chunks = [encoder.encode(text.slice(0, at)), encoder.encode(text.slice(at))];
      expect(await read(chunks, { maxLineLength: 3 })).toEqual(['abc', 'abc']);
      await expect(read(chunks, { maxLineLength: 2 })).rejects.toThrow('got a longer one at line 1');
    }
  await expect(read([encoder.encode('a\n\nabc\rd')], { maxLineLength: 4 })).rejects.toThrow('at line 3');
});
