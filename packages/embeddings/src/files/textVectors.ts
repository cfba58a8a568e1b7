import { showValue } from '@chainrule/errors';
import { aBoolean, checkOptions } from '@chainrule/errors/check';
import { ByteReader, type ByteSource } from './byteReader.ts';
import {
  maxDimensions,
  maxWordBytes,
  type ReadVectorsOptions,
  VectorCollector,
  readChecks,
  encodeWord,
} from './vectorCollector.ts';
import { aWordVectors, type WordVectors } from '../vectors/wordVectors.ts';

/** Options of {@link readTextVectors}. */
export interface ReadTextVectorsOptions extends ReadVectorsOptions {
  /**
   * Whether the first line holds the numbers of words and dimensions, as in files of word2vec and fastText, but not of
   * GloVe. By default, a first line of two integers is a header if the next line is longer.
   */
  readonly header?: boolean;
  /** Whether words may contain spaces, as in the largest file of GloVe: the last fields of a line are numbers, all fields before them are the word. Default false. */
  readonly spacesInWords?: boolean;
}

const newline = 0x0a;
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads word vectors in text format: each line holds a word and its numbers, separated by spaces or tabs. Files of word2vec
 * and fastText have a header, files of GloVe do not.
 *
 * Throws for lines with different numbers of fields, numbers that are not finite, empty or repeated words, a header that does
 * not match the contents, more than 65,536 dimensions, and compressed or binary files. Skips empty lines and a byte order
 * mark. A word may be a tab.
 *
 * @param source - bytes or chunks of bytes, such as a file stream or the body of a response
 * @throws FormatError if the bytes do not have this format
 * @example
 * const vectors = await readTextVectors(new TextEncoder().encode('north 0 1\neast 1 0\n'));
 * vectors.dimensions; // => 2
 */
export async function readTextVectors(source: ByteSource, options: ReadTextVectorsOptions = {}): Promise<WordVectors> {
  checkOptions('readTextVectors', options, { ...readChecks, header: aBoolean, spacesInWords: aBoolean });
  const file = new VectorCollector('readTextVectors', options);
  const reader = new ByteReader('readTextVectors', source);
  try {
    const start = await reader.peek(4096);
    file.checkStart(start);
    if (start.includes(0))
      file.fail('expected text, got bytes 0; read the binary format of word2vec with `readBinaryVectors`');
    const lines = fieldsByLine(file, reader);
    const first = await nextOf(lines);
    const second = await nextOf(lines);
    if (!first) return file.fail('expected at least one word, got none');
    const header = isHeader(first, second, options.header) ? headerOf(file, first) : undefined;
    const dimensions = header?.dimensions ?? first.length - 1;
    if (dimensions < 1 || dimensions > maxDimensions)
      file.fail(`expected 1 to ${maxDimensions} dimensions, got ${dimensions}`);
    if (!header) addLine(file, first, dimensions, options);
    for (let fields = second; fields && file.seen < file.limit; fields = await nextOf(lines))
      addLine(file, fields, dimensions, options);
    if (header && file.seen !== header.count && file.seen < file.limit)
      file.fail(`expected ${header.count} words, as the first line says, got ${file.seen}`);
    return file.finish(dimensions);
  } finally {
    await reader.close();
  }
}

/** Yields the fields of each line that is not empty. */
async function* fieldsByLine(file: VectorCollector, reader: ByteReader): AsyncGenerator<string[], void> {
  const maxBytes = maxWordBytes + 32 * maxDimensions;
  for (let isFirst = true; !(await reader.isAtEnd()); isFirst = false) {
    const line = await reader.readUntil(newline, maxBytes);
    if (!line)
      return file.fail(`expected lines of at most ${maxBytes} bytes, got a longer one after ${file.seen} vectors`);
    const text = file.decode(line.bytes).replace(/[ \t\r]+$/, '');
    const fields = splitFields(isFirst ? text.replace(/^\ufeff/, '') : text);
    if (fields.length > 1 || fields[0] !== '') yield fields;
  }
}

/** Splits a line into a word and its numbers. Leading tabs are the word if a space or another tab follows them. */
function splitFields(line: string): string[] {
  const tabs = /^\t+(?=[ \t])/.exec(line)?.[0] ?? '';
  return tabs ? [tabs, ...line.slice(tabs.length + 1).split(/[ \t]/)] : line.split(/[ \t]/);
}

async function nextOf(lines: AsyncGenerator<string[], void>): Promise<string[] | undefined> {
  const { done, value } = await lines.next();
  return done ? undefined : value;
}

function isHeader(
  first: readonly string[],
  second: readonly string[] | undefined,
  header: boolean | undefined,
): boolean {
  return header ?? (first.length === 2 && first.every((field) => /^\d+$/.test(field)) && second?.length !== 2);
}

function headerOf(
  file: VectorCollector,
  fields: readonly string[],
): { readonly count: number; readonly dimensions: number } {
  if (fields.length !== 2 || !fields.every((field) => /^\d{1,15}$/.test(field)))
    file.fail(
      `expected the number of words and of dimensions in the first line, got ${showValue(fields.join(' '))}; files of GloVe are read with \`header: false\``,
    );
  const count = Number(fields[0]);
  if (count < 1) file.fail(`expected at least one word, got ${count}`);
  return { count, dimensions: Number(fields[1]) };
}

function addLine(
  file: VectorCollector,
  fields: readonly string[],
  dimensions: number,
  { spacesInWords = false }: ReadTextVectorsOptions,
): void {
  const before = fields.length - dimensions;
  if (before < 1 || (before > 1 && !spacesInWords)) {
    const hint = before > 1 ? '; if words may contain spaces, set `spacesInWords`' : '';
    file.fail(
      `expected ${dimensions} numbers for word ${file.seen + 1}, ${showValue(fields[0])}, got ${fields.length - 1}${hint}`,
    );
  }
  const word = fields.slice(0, before).join(' ');
  const bad = fields.slice(before).find((field) => !number.test(field));
  if (bad !== undefined)
    file.fail(`expected numbers for word ${file.seen + 1}, ${showValue(word)}, got ${showValue(bad)}`);
  file.add(word, fields.slice(before).map(Number));
}

const encoder = /* @__PURE__ */ new TextEncoder();

/**
 * Writes word vectors in text format, one line per chunk; Node's `writeFile` accepts the result. Reading the file restores the same
 * bits.
 *
 * @param options - `header`: write the numbers of words and dimensions first, as word2vec does and GloVe does not; default true
 * @throws FormatError for words with spaces, line breaks or lone surrogates, which the format cannot represent
 * @example
 * const vectors = new WordVectors(['north', 'east'], tensor([[0, 0.1], [1, 0]]));
 * [...writeTextVectors(vectors)].map((line) => new TextDecoder().decode(line)).join('').split('\n'); // => ['2 2','north 0 0.1','east 1 0','']
 */
export function* writeTextVectors(
  vectors: WordVectors,
  options: { readonly header?: boolean } = {},
): Generator<Uint8Array, void> {
  aWordVectors('writeTextVectors', 'vectors', vectors);
  checkOptions('writeTextVectors', options, { header: aBoolean });
  const { header = true } = options;
  if (header) yield encoder.encode(`${vectors.size} ${vectors.dimensions}\n`);
  for (const word of vectors.words) {
    encodeWord('writeTextVectors', word);
    yield encoder.encode(`${word} ${Array.from(vectors.vector(word), shortestDecimal).join(' ')}\n`);
  }
}

/** The shortest decimal that reads back as the same float32; nine digits always suffice. */
function shortestDecimal(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  for (let digits = 6; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(Number(value.toPrecision(9)));
}
