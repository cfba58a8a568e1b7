import {
  readBinaryVectors,
  readTextVectors,
  type WordVectors,
  writeBinaryVectors,
  writeTextVectors,
} from '@chainrule/embeddings';
import { ChainruleError } from '@chainrule/errors';
import fc from 'fast-check';
import { defineFuzzer, type Fuzzer } from './fuzzer.ts';

const parts = fc.constantFrom(
  'a',
  'b ',
  '\t',
  ' ',
  '\n',
  '\r\n',
  '2 2\n',
  '3 1\n',
  '0.5',
  ' 1',
  ' -2.5e3',
  'nan',
  '\0',
  '\ufeff',
  'é',
  '99999999 9\n',
  '1 999999\n',
);
const texts = fc.array(parts, { maxLength: 20 }).map((all) => new TextEncoder().encode(all.join('')));
const inputs = fc.record({
  bytes: fc.oneof(
    texts,
    fc.uint8Array({ maxLength: 80 }),
    fc.tuple(texts, fc.uint8Array({ maxLength: 24 })).map(([a, b]) => Uint8Array.of(...a, ...b)),
  ),
  isBinary: fc.boolean(),
  chunk: fc.integer({ min: 1, max: 64 }),
  options: fc.record({
    replaceInvalid: fc.boolean(),
    spacesInWords: fc.boolean(),
    duplicates: fc.constantFrom('throw' as const, 'keepFirst' as const),
  }),
});

/** The result, or undefined after an error of the library. */
async function attempt<T>(run: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ChainruleError) return undefined;
    throw error;
  }
}

const contents = (vectors: WordVectors): string =>
  JSON.stringify([vectors.words, Array.from(vectors.vectors.data, (value) => (Object.is(value, -0) ? '-0' : value))]);

const fuzzer: Fuzzer = defineFuzzer({
  name: 'vectors',
  summary: 'damaged files of word vectors: refused, or read, written and read alike',
  inputs,
  limits: { seconds: 5, megabytes: 300 },
  check: async ({ bytes, isBinary, chunk, options }) => {
    const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, i) =>
      bytes.subarray(i * chunk, (i + 1) * chunk),
    );
    const vectors = await attempt(() =>
      isBinary ? readBinaryVectors(chunks, options) : readTextVectors(chunks, options),
    );
    if (!vectors) return;
    // Words that a format cannot hold are refused when they are written.
    const text = await attempt(() => [...writeTextVectors(vectors)]);
    if (text && contents(await readTextVectors(text, { header: true })) !== contents(vectors))
      throw new Error('text gives other vectors');
    const binary = await attempt(() => [...writeBinaryVectors(vectors)]);
    if (binary && contents(await readBinaryVectors(binary)) !== contents(vectors))
      throw new Error('bytes give other vectors');
  },
});
export default fuzzer;
