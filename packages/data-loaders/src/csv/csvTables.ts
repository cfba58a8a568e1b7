import { FormatError } from '@chainrule/errors';
import { aCount, checkOptions, type Checks, refuse } from '@chainrule/errors/check';
import type { CsvTable } from './csvTable.ts';
import { csvChecks, readCsv, type ReadCsvOptions } from './readCsv.ts';

/** Options of {@link csvTables}. Blocks are cut at the ends of lines, so comments and footers are not supported. */
export interface CsvTablesOptions extends Omit<ReadCsvOptions, 'encoding' | 'comment' | 'footer' | 'rename'> {
  /** How many bytes make a table at least. Default 16 MiB. */
  readonly blockSize?: number;
}

const lineFeed = 10;

/**
 * Reads comma-separated values block by block, so that they may be larger than memory. A function that calls it is a source of
 * `Dataset`. Messages count rows from the start of their block.
 *
 * @param source - parts of the bytes in UTF-8, such as `createReadStream(path)` of `node:fs`, or the body of a response
 * @param options - as of `readCsv`, and `blockSize` (16 MiB)
 * @returns tables with the same columns
 * @throws FormatError as `readCsv`
 * @example
 * const parts = async function* () { yield new TextEncoder().encode('a,b\n1,x\n2,"y\ny"\n'); };
 * const sizes: number[] = [];
 * for await (const table of csvTables(parts(), { blockSize: 1 })) sizes.push(table.size);
 * sizes; // => [2]
 */
export async function* csvTables(
  source: AsyncIterable<Uint8Array>,
  options: CsvTablesOptions = {},
): AsyncGenerator<CsvTable, void, undefined> {
  const isSource = typeof (source as Partial<AsyncIterable<unknown>> | null)?.[Symbol.asyncIterator] === 'function';
  if (!isSource)
    refuse('csvTables', 'source', 'parts of bytes, asynchronously', source, 'pass `createReadStream(path)`');
  checkOptions('csvTables', options, blockChecks);
  const { blockSize = 2 ** 24, name = 'text', columns, skip = 0, ...dialect } = options;
  let header = options.header ?? true;
  let number = 0;
  const read = (block: Uint8Array): CsvTable => {
    const place = number === 0 ? { name, skip } : { name: `${name}, block ${number}` };
    const table = readCsv(block, { ...dialect, header, ...place });
    header = table.columns;
    number += 1;
    return columns ? table.select(columns) : table;
  };
  for await (const block of blocksOf(source, blockSize, options.quote)) yield read(block);
  if (number === 0) yield read(new Uint8Array());
}

const { header, columns, na, name, delimiter, quote, trim, skip, decimal, thousands } = csvChecks;
const blockChecks: Checks<CsvTablesOptions> = {
  ...{ header, columns, na, name, delimiter, quote, trim, skip, decimal, thousands },
  blockSize: aCount,
};

/** Blocks of whole lines; line feeds inside quotes end no line. */
async function* blocksOf(
  source: AsyncIterable<Uint8Array>,
  least: number,
  quote: string | false = '"',
): AsyncGenerator<Uint8Array, void, undefined> {
  const code = quote === false ? -1 : quote.charCodeAt(0);
  let parts: Uint8Array[] = [];
  let [length, isQuoted] = [0, false];
  for await (const part of source) {
    if (!(part instanceof Uint8Array)) throw new FormatError('csvTables: expected parts of bytes as `source`');
    let end = -1;
    for (let i = 0; i < part.length; i++) {
      if (part[i] === code) isQuoted = !isQuoted;
      else if (part[i] === lineFeed && !isQuoted) end = i + 1;
    }
    if (end < 0 || length + end < least) {
      parts.push(part);
      length += part.length;
      continue;
    }
    yield joined([...parts, part.subarray(0, end)]);
    parts = [part.subarray(end)];
    length = part.length - end;
  }
  if (length > 0) yield joined(parts);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
