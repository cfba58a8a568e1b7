import { checkOptions } from '@chainrule/errors/check';
import { ByteReader, type ByteSource } from './byteReader.ts';
import {
  encodeWord,
  maxDimensions,
  maxWordBytes,
  readChecks,
  type ReadVectorsOptions,
  VectorCollector,
} from './vectorCollector.ts';
import { aWordVectors, type WordVectors } from '../vectors/wordVectors.ts';

const space = 0x20;
const newline = 0x0a;
const encoder = /* @__PURE__ */ new TextEncoder();

/**
 * Reads word vectors in the binary format of word2vec: a line with the numbers of words and dimensions, then for each word
 * the word, a space, and its numbers in little-endian float32. A line break may follow each vector.
 *
 * Throws for a header that does not match the contents, numbers that are not finite, words that are empty, repeated or longer
 * than 65,536 bytes, more than 65,536 dimensions, and compressed or text files.
 *
 * @param source - bytes or chunks of bytes, such as a file stream or the body of a response
 * @throws FormatError if the bytes do not have this format
 * @example
 * const vectors = new WordVectors(['north', 'east'], tensor([[0, 1], [1, 0]]));
 * const again = await readBinaryVectors(writeBinaryVectors(vectors));
 * [...again.vector('east')]; // => [1,0]
 */
export async function readBinaryVectors(source: ByteSource, options: ReadVectorsOptions = {}): Promise<WordVectors> {
  checkOptions('readBinaryVectors', options, readChecks);
  const file = new VectorCollector('readBinaryVectors', options);
  const reader = new ByteReader('readBinaryVectors', source);
  try {
    const start = await reader.peek(256);
    file.checkStart(start);
    if (isText(start)) file.fail('expected the binary format of word2vec, got text; read it with `readTextVectors`');
    const [count, dimensions] = headerOf(file, await reader.readUntil(newline, 64));
    while (file.seen < Math.min(count, file.limit)) await readVector(file, reader, dimensions, count);
    if (file.seen === count) await checkEnd(file, reader);
    return file.finish(dimensions);
  } finally {
    await reader.close();
  }
}

/** Whether the bytes look like the text format: an optional header, a word, and decimal numbers. */
function isText(start: Uint8Array): boolean {
  const text = Array.from(start, (byte) => String.fromCharCode(byte)).join('');
  return /^(?:\d+[ \t]+\d+[ \t]*\r?\n)?[^\s\0]+(?:[ \t][-+]?\d*\.\d+(?:e[-+]?\d+)?){3}/i.test(text);
}

function headerOf(
  file: VectorCollector,
  line: { readonly bytes: Uint8Array; readonly isEnded: boolean } | undefined,
): [count: number, dimensions: number] {
  const text = line?.isEnded ? Array.from(line.bytes, (byte) => String.fromCharCode(byte)).join('') : '';
  const found = /^(\d{1,15})[ \t]+(\d{1,15})[ \t]*\r?$/.exec(text);
  if (!found) return file.fail('expected a first line with the numbers of words and dimensions, got something else');
  const [count, dimensions] = [Number(found[1]), Number(found[2])];
  if (count < 1) file.fail(`expected at least one word, got ${count}`);
  if (dimensions < 1 || dimensions > maxDimensions)
    file.fail(`expected 1 to ${maxDimensions} dimensions, got ${dimensions}`);
  return [count, dimensions];
}

async function readVector(file: VectorCollector, reader: ByteReader, dimensions: number, count: number): Promise<void> {
  const found = await reader.readUntil(space, maxWordBytes);
  const place = `word ${file.seen + 1} of ${count}`;
  if (!found) return file.fail(`expected words of at most ${maxWordBytes} bytes, got a longer one as ${place}`);
  if (!found.isEnded) return file.fail(`expected ${place}, got the end`);
  const word = file.decode(found.bytes[0] === newline ? found.bytes.subarray(1) : found.bytes);
  const bytes = await reader.read(4 * dimensions);
  if (bytes.length < 4 * dimensions) file.fail(`expected ${dimensions} numbers for ${place}, got the end`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  file.add(
    word,
    Float32Array.from({ length: dimensions }, (_, i) => view.getFloat32(4 * i, true)),
  );
}

async function checkEnd(file: VectorCollector, reader: ByteReader): Promise<void> {
  const rest = await reader.read(2);
  if (rest.length > 1 || (rest.length === 1 && rest[0] !== newline))
    file.fail(`expected the end after ${file.seen} vectors, got more bytes; the header does not match the contents`);
}

/**
 * Writes word vectors in the binary format of word2vec, one word per chunk; Node's `writeFile` accepts the result.
 *
 * @throws FormatError for words with spaces, line breaks or lone surrogates, which the format cannot represent
 * @example
 * const vectors = new WordVectors(['a'], tensor([[1]]));
 * [...writeBinaryVectors(vectors)].map((chunk) => [...chunk]); // => [[49,32,49,10],[97,32,0,0,128,63,10]]
 */
export function* writeBinaryVectors(vectors: WordVectors): Generator<Uint8Array, void> {
  aWordVectors('writeBinaryVectors', 'vectors', vectors);
  yield encoder.encode(`${vectors.size} ${vectors.dimensions}\n`);
  for (const word of vectors.words) {
    const name = encodeWord('writeBinaryVectors', word);
    const chunk = new Uint8Array(name.length + 4 * vectors.dimensions + 2);
    const view = new DataView(chunk.buffer);
    chunk.set(name);
    chunk[name.length] = space;
    vectors.vector(word).forEach((v, i) => view.setFloat32(name.length + 1 + 4 * i, v, true));
    chunk[chunk.length - 1] = newline;
    yield chunk;
  }
}
