import { showValue } from '@chainrule/errors';
import { aBoolean, checkOptions } from '@chainrule/errors/check';
import { ByteReader, type ByteSource } from './byteReader.ts';
import {
  mostDimensions,
  mostWordBytes,
  type ReadVectorsOptions,
  VectorFile,
  vectorOptions,
  wordBytes,
} from './vectorFile.ts';
import type { WordVectors } from './wordVectors.ts';

/** Options of {@link readTextVectors}. */
export interface ReadTextVectorsOptions extends ReadVectorsOptions {
  /**
   * Whether the first line tells the number of words and of dimensions, as in files of word2vec and fastText but not in
   * those of GloVe. By default it does if it is two whole numbers and the next line is longer.
   */
  readonly header?: boolean;
  /** Whether words may have spaces in them, as in GloVe's largest file; a line that has too many numbers is then taken for such. Default false. */
  readonly spacesInWords?: boolean;
}

const newline = 0x0a;
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads vectors as text, a word and its numbers a line, parted by spaces or tabs: the format of GloVe, or of word2vec
 * and fastText, which have a header.
 *
 * Refuses lines with more or fewer numbers than the first, numbers that are not finite, words that are empty or come
 * twice, headers that do not fit the contents, more than 65,536 dimensions, and compressed or binary files. Skips empty
 * lines and a byte order mark. A word may be a tab.
 *
 * @param source - bytes, or chunks of them, such as the stream of a file or the body of a response
 * @throws FormatError where the bytes are something else
 * @example
 * const vectors = await readTextVectors(new TextEncoder().encode('north 0 1\neast 1 0\n'));
 * vectors.dimensions; // => 2
 */
export async function readTextVectors(source: ByteSource, options: ReadTextVectorsOptions = {}): Promise<WordVectors> {
  checkOptions('readTextVectors', options, { ...vectorOptions, header: aBoolean, spacesInWords: aBoolean });
  const file = new VectorFile('readTextVectors', options);
  const reader = new ByteReader('readTextVectors', source);
  try {
    const start = await reader.peek(4096);
    file.checkStart(start);
    if (start.includes(0))
      file.fail('expected text, got bytes 0; read the binary format of word2vec with `readBinaryVectors`');
    const lines = fieldsOf(file, reader);
    const first = await nextOf(lines);
    const second = await nextOf(lines);
    if (!first) return file.fail('expected a word or more, got none');
    const header = isHeader(first, second, options.header) ? headerOf(file, first) : undefined;
    const dimensions = header?.dimensions ?? first.length - 1;
    if (dimensions < 1 || dimensions > mostDimensions)
      file.fail(`expected 1 to ${mostDimensions} dimensions, got ${dimensions}`);
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

/** The fields of each line that is not empty. */
async function* fieldsOf(file: VectorFile, reader: ByteReader): AsyncGenerator<string[], void> {
  const most = mostWordBytes + 32 * mostDimensions;
  for (let isFirst = true; !(await reader.isAtEnd()); isFirst = false) {
    const line = await reader.readUntil(newline, most);
    if (!line) return file.fail(`expected lines of at most ${most} bytes, got a longer one after ${file.seen} vectors`);
    const text = file.decode(line.bytes).replace(/[ \t\r]+$/, '');
    const fields = cut(isFirst ? text.replace(/^\ufeff/, '') : text);
    if (fields.length > 1 || fields[0] !== '') yield fields;
  }
}

/** A word and its numbers. Tabs that a line begins with are the word if a space or another tab follows. */
function cut(line: string): string[] {
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
  file: VectorFile,
  fields: readonly string[],
): { readonly count: number; readonly dimensions: number } {
  if (fields.length !== 2 || !fields.every((field) => /^\d{1,15}$/.test(field)))
    file.fail(
      `expected the number of words and of dimensions in the first line, got ${showValue(fields.join(' '))}; files of GloVe are read with \`header: false\``,
    );
  const count = Number(fields[0]);
  if (count < 1) file.fail(`expected one word or more, got ${count}`);
  return { count, dimensions: Number(fields[1]) };
}

function addLine(
  file: VectorFile,
  fields: readonly string[],
  dimensions: number,
  { spacesInWords = false }: ReadTextVectorsOptions,
): void {
  const before = fields.length - dimensions;
  if (before < 1 || (before > 1 && !spacesInWords)) {
    const hint = before > 1 ? '; if words may have spaces in them, set `spacesInWords`' : '';
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
 * Writes vectors as text, in chunks of a line each; Node's `writeFile` takes them. Reading gives the same bits again.
 *
 * @param options - `header`: whether the first line tells the sizes, as word2vec wants it; default true. GloVe has none.
 * @throws FormatError for words with spaces, line ends or lone surrogates, which the format cannot hold
 * @example
 * const vectors = new WordVectors(['north', 'east'], tensor([[0, 0.1], [1, 0]]));
 * [...writeTextVectors(vectors)].map((line) => new TextDecoder().decode(line)).join('').split('\n'); // => ['2 2','north 0 0.1','east 1 0','']
 */
export function* writeTextVectors(
  vectors: WordVectors,
  options: { readonly header?: boolean } = {},
): Generator<Uint8Array, void> {
  checkOptions('writeTextVectors', options, { header: aBoolean });
  const { header = true } = options;
  if (header) yield encoder.encode(`${vectors.size} ${vectors.dimensions}\n`);
  for (const word of vectors.words) {
    wordBytes('writeTextVectors', word);
    yield encoder.encode(`${word} ${Array.from(vectors.vector(word), shortest).join(' ')}\n`);
  }
}

/** The shortest decimal that is read as this float32; nine digits always do. */
function shortest(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  for (let digits = 6; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(Number(value.toPrecision(9)));
}
