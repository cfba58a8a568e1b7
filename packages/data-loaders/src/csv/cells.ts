import { decimal } from './decimal.ts';
import { carriageReturn, type Dialect, lineFeed } from './dialect.ts';
import { isEnd, PlainNumbers } from './plainNumbers.ts';

const chunkBits = 16;
const chunkMask = 2 ** chunkBits - 1;
/** Marks a quoted cell: the sign bit, so that offsets remain 32-bit integers. */
const quotedBit = -(2 ** 31);
/** The largest offset of a cell. */
export const maxOffset: number = 2 ** 31 - 1;
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The positions of the cells in a UTF-8 table, 4 bytes per cell. Creates strings only for values that a program asks for,
 * and parses numbers directly from the bytes.
 */
export class Cells {
  readonly #bytes: Uint8Array;
  readonly #dialect: Dialect;
  readonly #numbers: PlainNumbers;
  readonly #chunks: Int32Array[] = [];
  #last = new Int32Array();
  #count = 0;

  constructor(bytes: Uint8Array, dialect: Dialect) {
    this.#bytes = bytes;
    this.#dialect = dialect;
    this.#numbers = new PlainNumbers(bytes, dialect);
  }

  /** Adds a cell. */
  push(start: number, isQuoted: boolean): void {
    const at = this.#count & chunkMask;
    if (at === 0) this.#chunks.push((this.#last = new Int32Array(chunkMask + 1)));
    this.#last[at] = isQuoted ? start | quotedBit : start;
    this.#count += 1;
  }

  /** The offset of a cell. */
  startOf(cell: number): number {
    return this.#entry(cell) & maxOffset;
  }

  /** The content of a cell. */
  text(cell: number): string {
    const [bytes, { trim, quote }] = [this.#bytes, this.#dialect];
    const entry = this.#entry(cell);
    if (entry >= 0) {
      const value = decode(bytes, entry, endOfPlain(bytes, entry, this.#dialect.delimiter));
      return trim ? value.trim() : value;
    }
    const start = entry & maxOffset;
    const mark = String.fromCharCode(quote);
    const value = decode(bytes, start + 1, endOfQuoted(bytes, start, quote) - 1);
    // `replaceAll` would keep references to the parts that it joins.
    return value.includes(mark) ? value.split(mark + mark).join(mark) : value;
  }

  /** The number in a cell, or NaN if only {@link number} can decide. */
  plainNumber(cell: number): number {
    const entry = this.#entry(cell);
    return entry >= 0 ? this.#numbers.read(entry, false) : this.#numbers.read((entry & maxOffset) + 1, true);
  }

  /** The number in a cell, or `undefined` if the cell is not a number. */
  number(cell: number): number | undefined {
    const value = this.plainNumber(cell);
    if (!Number.isNaN(value)) return value;
    const { decimal: point, thousands } = this.#dialect;
    let text = this.text(cell);
    if (thousands) text = text.replaceAll(thousands, '');
    if (point !== 46) text = text.replaceAll('.', '?').replaceAll(String.fromCharCode(point), '.');
    return decimal(text);
  }

  #entry(cell: number): number {
    return this.#chunks[cell >>> chunkBits]![cell & chunkMask]!;
  }
}

/**
 * Decodes bytes. Most cells are short, and starting `TextDecoder` takes longer than decoding them. For longer texts, string
 * concatenation would take ten times the memory, because engines keep the parts.
 */
function decode(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > 12) return utf8.decode(bytes.subarray(start, end));
  let text = '';
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte > 127) return utf8.decode(bytes.subarray(start, end));
    text += String.fromCharCode(byte);
  }
  return text;
}

/** The end of an unquoted cell. */
export function endOfPlain(bytes: Uint8Array, start: number, delimiter: number): number {
  const end = bytes.length;
  let at = start;
  if (delimiter < 0) {
    while (at < end && !isEnd(bytes[at]!, delimiter)) at++;
    return at;
  }
  // Digits and letters are greater than the usual delimiters, so one comparison suffices for most bytes.
  const most = Math.max(delimiter, carriageReturn);
  for (; at < end; at++) {
    const byte = bytes[at]!;
    if (byte <= most && (byte === delimiter || byte === lineFeed || byte === carriageReturn)) break;
  }
  return at;
}

/** The end of a quoted cell, after its closing quote; -1 if the quote is not closed. */
export function endOfQuoted(bytes: Uint8Array, start: number, quote: number): number {
  for (let at = bytes.indexOf(quote, start + 1); at >= 0; at = bytes.indexOf(quote, at + 2)) {
    if (bytes[at + 1] !== quote) return at + 1;
  }
  return -1;
}
