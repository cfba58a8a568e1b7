import { ChainruleError, FormatError } from '@chainrule/errors';
import { tensor } from '@chainrule/tensor';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ByteSource,
  readBinaryVectors,
  readTextVectors,
  type ReadTextVectorsOptions,
  type ReadVectorsOptions,
  WordVectors,
  writeBinaryVectors,
  writeTextVectors,
} from '../index.ts';
import { hasRealData, readRealData } from '../../../../scripts/testing/realData.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const join = (chunks: Iterable<Uint8Array>): Uint8Array => Uint8Array.from([...chunks].flatMap((chunk) => [...chunk]));
const contents = (vectors: WordVectors): unknown => [
  vectors.words,
  [...vectors.vectors.data].map((v) => (Object.is(v, -0) ? '-0' : v)),
  vectors.dimensions,
];

const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
  .filter((text) => !/[\s\ufeff]|\p{Cs}/u.test(text));
const anyVectors = fc.integer({ min: 1, max: 5 }).chain((dimensions) =>
  fc
    .uniqueArray(
      fc.record({
        word,
        vector: fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), {
          minLength: dimensions,
          maxLength: dimensions,
        }),
      }),
      { minLength: 1, maxLength: 6, selector: (row) => row.word },
    )
    .map(
      (rows) =>
        new WordVectors(
          rows.map((row) => row.word),
          tensor(Float32Array.from(rows.flatMap((row) => row.vector)), [rows.length, dimensions]),
        ),
    ),
);

describe('files of vectors', () => {
  test('keep their bits in the binary format, for any chunks of bytes', async () => {
    await fc.assert(
      fc.asyncProperty(anyVectors, fc.integer({ min: 1, max: 9 }), async (vectors, size) => {
        const whole = join(writeBinaryVectors(vectors));
        const pieces = Array.from({ length: Math.ceil(whole.length / size) }, (_, i) =>
          whole.subarray(i * size, (i + 1) * size),
        );
        expect(contents(await readBinaryVectors(whole))).toEqual(contents(vectors));
        expect(contents(await readBinaryVectors(pieces))).toEqual(contents(vectors));
      }),
    );
  });

  test('keep their bits in text format, with and without a header', async () => {
    await fc.assert(
      fc.asyncProperty(anyVectors, fc.boolean(), async (vectors, header) => {
        expect(contents(await readTextVectors(writeTextVectors(vectors, { header }), { header }))).toEqual(
          contents(vectors),
        );
      }),
    );
  });

  test('may have line breaks between binary vectors', async () => {
    const [head, ...rows] = writeBinaryVectors(
      new WordVectors(
        ['a', 'b'],
        tensor([
          [1, 2],
          [3, 4],
        ]),
      ),
    );
    const packed = join([head!, ...rows.map((row) => row.subarray(0, row.length - 1))]);
    expect(contents(await readBinaryVectors(packed))).toEqual([['a', 'b'], [1, 2, 3, 4], 2]);
  });

  test('of damaged bytes are rejected, or give finite numbers of the right size', async () => {
    const damage = fc.array(fc.record({ at: fc.nat(), value: fc.integer({ min: 0, max: 255 }) }), { maxLength: 4 });
    const readers = [
      (source: ByteSource) => readBinaryVectors(source),
      (source: ByteSource) => readTextVectors(source),
      (source: ByteSource) =>
        readTextVectors(source, { replaceInvalid: true, duplicates: 'keepFirst', spacesInWords: true }),
    ];
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        anyVectors,
        damage,
        fc.nat({ max: 20 }),
        fc.nat({ max: 2 }),
        fc.boolean(),
        async (vectors, changes, cut, which, header) => {
          const whole = which === 0 ? join(writeBinaryVectors(vectors)) : join(writeTextVectors(vectors, { header }));
          const damaged = whole.slice(0, Math.max(0, whole.length - cut));
          for (const { at, value } of changes) if (damaged.length > 0) damaged[at % damaged.length] = value;
          try {
            const read = await readers[which]!(damaged);
            expect(read.vectors.shape).toEqual([read.size, read.dimensions]);
            expect([read.size > 0, read.dimensions > 0, new Set(read.words).size === read.size]).toEqual([
              true,
              true,
              true,
            ]);
            expect(read.vectors.data.every(Number.isFinite)).toBe(true);
          } catch (error) {
            if (!(error instanceof FormatError)) throw error;
            refused += 1;
          }
        },
      ),
      { numRuns: 500 },
    );
    expect(refused).toBeGreaterThan(50);
  });

  test('of arbitrary bytes are rejected, or follow the rules', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 60 }),
        fc.constantFrom('', '1 1\n', '2 2\n', '3 1\na '),
        async (tail, head) => {
          for (const read of [readBinaryVectors, readTextVectors]) {
            await read(join([bytes(head), tail])).catch((error: unknown) => expect(error).toBeInstanceOf(FormatError));
          }
        },
      ),
    );
  });
});

const binary = (...parts: (string | number)[]): Uint8Array =>
  join(parts.map((part) => (typeof part === 'string' ? bytes(part) : new Uint8Array(Float32Array.of(part).buffer))));
const refusal = async (reading: Promise<unknown>): Promise<string> => {
  const error: unknown = await reading.catch((e: unknown) => e);
  return error instanceof ChainruleError ? `${error.name}: ${error.message}` : `not refused: ${String(error)}`;
};

describe('readBinaryVectors', () => {
  const read = (source: ByteSource, options?: ReadVectorsOptions): Promise<string> =>
    refusal(readBinaryVectors(source, options));

  test('reports errors with their position', async () => {
    expect(
      await Promise.all([
        read(bytes('')),
        read(bytes('word2vec\n')),
        read(bytes('1'.repeat(100))),
        read(bytes('0 3\n')),
        read(bytes('3 0\n')),
        read(bytes('1 999999999\n')),
        read(binary('2 1\na ', 1)),
        read(binary('1 2\na ', 1)),
        read(binary('1 1\na ', 1, 'xx')),
        read(binary('1 1\n ', 1)),
        read(binary('2 1\na ', 1, 'a ', 2)),
        read(binary('1 1\na ', NaN)),
        read(binary('1 1\na ', Infinity)),
        read(join([bytes('1 1\n'), Uint8Array.of(0xff, 0x20, 0, 0, 0, 0)])),
        read(bytes(`1 1\n${'a'.repeat(70_000)}`)),
      ]),
    ).toMatchInlineSnapshot(`
      [
        "FormatError: readBinaryVectors: bytes: expected a first line with the numbers of words and dimensions, got something else",
        "FormatError: readBinaryVectors: bytes: expected a first line with the numbers of words and dimensions, got something else",
        "FormatError: readBinaryVectors: bytes: expected a first line with the numbers of words and dimensions, got something else",
        "FormatError: readBinaryVectors: bytes: expected at least one word, got 0",
        "FormatError: readBinaryVectors: bytes: expected 1 to 65536 dimensions, got 0",
        "FormatError: readBinaryVectors: bytes: expected 1 to 65536 dimensions, got 999999999",
        "FormatError: readBinaryVectors: bytes: expected word 2 of 2, got the end",
        "FormatError: readBinaryVectors: bytes: expected 2 numbers for word 1 of 1, got the end",
        "FormatError: readBinaryVectors: bytes: expected the end after 1 vectors, got more bytes; the header does not match the contents",
        "FormatError: readBinaryVectors: bytes: expected a word before vector 1, got none",
        "FormatError: readBinaryVectors: bytes: expected unique words, got "a" again as word 2; set \`duplicates: 'keepFirst'\` to ignore it",
        "FormatError: readBinaryVectors: bytes: expected finite numbers for word 1, "a", got NaN",
        "FormatError: readBinaryVectors: bytes: expected finite numbers for word 1, "a", got Infinity",
        "FormatError: readBinaryVectors: bytes: expected UTF-8 in word 1, got other bytes; set \`replaceInvalid\` to read them as U+FFFD",
        "FormatError: readBinaryVectors: bytes: expected words of at most 65536 bytes, got a longer one as word 1 of 1",
      ]
    `);
  });

  test('does not allocate the sizes that a header claims', async () => {
    expect(await read(binary('999999999999 65536\na ', 1))).toMatchInlineSnapshot(
      `"FormatError: readBinaryVectors: bytes: expected 65536 numbers for word 1 of 999999999999, got the end"`,
    );
  });

  test('names the file, stops at a limit, and ignores repeated words with keepFirst', async () => {
    expect(await read(bytes('x'), { name: 'vectors.bin' })).toMatch(/^FormatError: readBinaryVectors: vectors\.bin: /);
    expect(contents(await readBinaryVectors(binary('9 1\na ', 1, '\nb ', 2, 'junk'), { limit: 2 }))).toEqual([
      ['a', 'b'],
      [1, 2],
      1,
    ]);
    expect(
      contents(await readBinaryVectors(binary('3 1\na ', 1, 'a ', 2, 'b ', 3), { duplicates: 'keepFirst' })),
    ).toEqual([['a', 'b'], [1, 3], 1]);
    expect(await read(bytes('1 1\n'), { limit: 0 })).toMatchInlineSnapshot(
      `"OptionError: readBinaryVectors: \`limit\` must be a positive integer or Infinity, got 0"`,
    );
  });

  test('replaces invalid UTF-8 by U+FFFD with replaceInvalid', async () => {
    const { words } = await readBinaryVectors(join([bytes('1 1\n'), Uint8Array.of(97, 0xff, 0x20, 0, 0, 0, 0)]), {
      replaceInvalid: true,
    });
    expect(words).toEqual(['a\ufffd']);
  });

  test('closes a stream that it does not read to the end', async () => {
    let closed = false;
    async function* stream(): AsyncGenerator<Uint8Array> {
      try {
        yield await Promise.resolve(bytes('nonsense\n'));
        yield bytes('more');
      } finally {
        closed = true;
      }
    }
    expect(await read(stream())).toMatch(/^FormatError/);
    expect(closed).toBe(true);
  });

  test('rejects sources other than bytes', async () => {
    expect(await read('a.bin' as unknown as Uint8Array)).toMatchInlineSnapshot(
      `"OptionError: readBinaryVectors: \`source\` must be bytes or an iterable of chunks of bytes, got "a.bin""`,
    );
    expect(await read(['a.bin'] as unknown as Uint8Array[])).toMatchInlineSnapshot(
      `"OptionError: readBinaryVectors: \`source\` must give chunks of bytes, got "a.bin""`,
    );
  });
});

describe('readTextVectors', () => {
  const read = (text: string, options?: ReadTextVectorsOptions): Promise<string> =>
    refusal(readTextVectors(bytes(text), options));
  const rows = async (text: string, options?: ReadTextVectorsOptions): Promise<unknown> =>
    contents(await readTextVectors(bytes(text), options));

  test('detects a header, unless `header` is given', async () => {
    expect(await rows('2 2\na 1 2\nb 3 4')).toEqual([['a', 'b'], [1, 2, 3, 4], 2]);
    expect(await rows('2 2\na 1\n')).toEqual([['2', 'a'], [2, 1], 1]);
    expect(await rows('1 1\na 7\n', { header: true })).toEqual([['a'], [7], 1]);
    expect(await rows('12 0.5\n13 1e-3', { header: false })).toEqual([['12', '13'], [0.5, Math.fround(1e-3)], 1]);
  });

  test('accepts tabs, trailing spaces, other line breaks, empty lines, and a byte order mark', async () => {
    expect(await rows('\ufeffa\t1\t-2 \r\n\nb +.5 3. \r\n')).toEqual([['a', 'b'], [1, -2, 0.5, 3], 2]);
  });

  test('reports errors with their position', async () => {
    expect(
      await Promise.all([
        read(''),
        read('\n\n'),
        read('a'),
        read('a 1 2\nb 1'),
        read('a 1 2\nb 1 2 3'),
        read('a 1\na 2'),
        read('a nan'),
        read('a 1 x'),
        read('a 1e40'),
        read('a  1\nb 1'),
        read(' 1 2'),
        read('3 2\na 1 2\nb 1 2'),
        read('1 2\na 1 2\nb 1 2'),
        read('x 2\n', { header: true }),
        read('0 2\na 1 2'),
        read('99999999999 99999999\na 1 2'),
      ]),
    ).toMatchInlineSnapshot(`
      [
        "FormatError: readTextVectors: bytes: expected at least one word, got none",
        "FormatError: readTextVectors: bytes: expected at least one word, got none",
        "FormatError: readTextVectors: bytes: expected 1 to 65536 dimensions, got 0",
        "FormatError: readTextVectors: bytes: expected 2 numbers for word 2, "b", got 1",
        "FormatError: readTextVectors: bytes: expected 2 numbers for word 2, "b", got 3; if words may contain spaces, set \`spacesInWords\`",
        "FormatError: readTextVectors: bytes: expected unique words, got "a" again as word 2; set \`duplicates: 'keepFirst'\` to ignore it",
        "FormatError: readTextVectors: bytes: expected numbers for word 1, "a", got "nan"",
        "FormatError: readTextVectors: bytes: expected numbers for word 1, "a", got "x"",
        "FormatError: readTextVectors: bytes: expected finite numbers for word 1, "a", got 1e+40",
        "FormatError: readTextVectors: bytes: expected numbers for word 1, "a", got """,
        "FormatError: readTextVectors: bytes: expected a word before vector 1, got none",
        "FormatError: readTextVectors: bytes: expected 3 words, as the first line says, got 2",
        "FormatError: readTextVectors: bytes: expected 1 words, as the first line says, got 2",
        "FormatError: readTextVectors: bytes: expected the number of words and of dimensions in the first line, got "x 2"; files of GloVe are read with \`header: false\`",
        "FormatError: readTextVectors: bytes: expected at least one word, got 0",
        "FormatError: readTextVectors: bytes: expected 1 to 65536 dimensions, got 99999999",
      ]
    `);
  });

  test('accepts a tab as a word, but no empty word', async () => {
    expect(await rows('\t 1 2\na 3 4')).toEqual([['\t', 'a'], [1, 2, 3, 4], 2]);
    expect(await rows('2 2\n\t\t1\t2\n\t\t\t3 4')).toEqual([['\t', '\t\t'], [1, 2, 3, 4], 2]);
    expect(await read('\t1\t2')).toContain('expected a word before vector 1');
    const vectors = new WordVectors(
      ['\t', 'a'],
      tensor([
        [1, 2],
        [3, 4],
      ]),
    );
    for (const again of [
      await readTextVectors(writeTextVectors(vectors)),
      await readBinaryVectors(writeBinaryVectors(vectors)),
    ])
      expect(again.words).toEqual(['\t', 'a']);
  });

  test('names other formats and the remedy', async () => {
    const gzip = Uint8Array.of(0x1f, 0x8b, 8, 0);
    const zip = Uint8Array.of(0x50, 0x4b, 3, 4, 0);
    const fastText = Uint8Array.of(0xba, 0x16, 0x4f, 0x2f, 12, 0);
    const problem = async (reading: Promise<unknown>): Promise<string> => reading.then(() => 'none', String);
    const text = new TextEncoder().encode('a 0.1 0.2 0.3 0.4\nb 1.5 -0.25 1e-3 .5\n');
    const headed = new TextEncoder().encode('1 4\na 0.1 0.2 0.3 0.4\n');
    const binary = [...writeBinaryVectors(new WordVectors(['a'], tensor([[1, 2]])))];
    expect(
      await Promise.all([
        ...[gzip, zip, fastText].flatMap((bytes) => [
          problem(readTextVectors(bytes)),
          problem(readBinaryVectors([bytes.subarray(0, 1), bytes.subarray(1)])),
        ]),
        problem(readBinaryVectors(text)),
        problem(readBinaryVectors(headed)),
        problem(readTextVectors(binary)),
      ]),
    ).toMatchInlineSnapshot(`
      [
        "FormatError: readTextVectors: bytes: expected vectors, got gzip; decompress it first, for example with \`new DecompressionStream('gzip')\`",
        "FormatError: readBinaryVectors: bytes: expected vectors, got gzip; decompress it first, for example with \`new DecompressionStream('gzip')\`",
        "FormatError: readTextVectors: bytes: expected vectors, got a zip archive; unpack it first",
        "FormatError: readBinaryVectors: bytes: expected vectors, got a zip archive; unpack it first",
        "FormatError: readTextVectors: bytes: expected vectors, got a model of the fastText program; read the vectors in its \`.vec\` file with \`readTextVectors\`",
        "FormatError: readBinaryVectors: bytes: expected vectors, got a model of the fastText program; read the vectors in its \`.vec\` file with \`readTextVectors\`",
        "FormatError: readBinaryVectors: bytes: expected the binary format of word2vec, got text; read it with \`readTextVectors\`",
        "FormatError: readBinaryVectors: bytes: expected the binary format of word2vec, got text; read it with \`readTextVectors\`",
        "FormatError: readTextVectors: bytes: expected text, got bytes 0; read the binary format of word2vec with \`readBinaryVectors\`",
      ]
    `);
  });

  test('reads words with spaces with spacesInWords', async () => {
    expect(await rows('a 1 2\n. . . 3 4\nat me@x.org 5 6', { spacesInWords: true })).toEqual([
      ['a', '. . .', 'at me@x.org'],
      [1, 2, 3, 4, 5, 6],
      2,
    ]);
  });

  test('stops at a limit', async () => {
    expect(await rows('9 1\na 1\nb 2\nnonsense', { limit: 2, header: true })).toEqual([['a', 'b'], [1, 2], 1]);
    expect(await rows('a 1\nb 2\nnonsense', { limit: 1 })).toEqual([['a'], [1], 1]);
  });
});

test('words that a file cannot represent are rejected', () => {
  for (const bad of ['a b', 'a\n', '\ud800']) {
    const vectors = new WordVectors([bad], tensor([[1]]));
    expect(() => [...writeTextVectors(vectors)]).toThrow(/^writeTextVectors: words must not contain spaces/);
    expect(() => [...writeBinaryVectors(vectors)]).toThrow(FormatError);
  }
});

describe.skipIf(!hasRealData('embeddings', 2))('real files', () => {
  test('of word2vec are read', async () => {
    const vectors = await readBinaryVectors(readRealData('embeddings/euclidean_vectors.bin'));
    expect([vectors.size, vectors.dimensions, vectors.words.slice(0, 3)]).toEqual([2747, 10, ['the', 'to', 'of']]);
  });

  test('of GloVe are read', async () => {
    const vectors = await readTextVectors(readRealData('embeddings/test_glove.txt'));
    expect([vectors.size, vectors.dimensions, vectors.words.slice(0, 3), vectors.vector('the')[0]]).toEqual([
      76,
      50,
      ['the', 'ö', 'é'],
      Math.fround(0.418),
    ]);
  });
});
