import { decimal } from './decimal.ts';
import { blank, carriageReturn, type Dialect, isBlank, lineFeed } from './dialect.ts';

const chunkBits = 16;
const chunkMask = 2 ** chunkBits - 1;
/** Marks the start of a quoted cell. */
const quotedBit = 2 ** 31;
/** The largest offset of a cell. */
export const mostBytes: number = quotedBit - 1;
/** The powers of ten that a double holds exactly. */
const exactPowers = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The places of the cells of a table in UTF-8: 4 bytes a cell, and no string before a value is asked for. Numbers are
 * read from the bytes without a string between.
 */
export class Cells {
  readonly #bytes: Uint8Array;
  readonly #dialect: Dialect;
  readonly #chunks: Uint32Array[] = [];
  #last = new Uint32Array();
  #count = 0;

  constructor(bytes: Uint8Array, dialect: Dialect) {
    this.#bytes = bytes;
    this.#dialect = dialect;
  }

  /** Adds a cell. */
  push(start: number, isQuoted: boolean): void {
    const at = this.#count & chunkMask;
    if (at === 0) this.#chunks.push((this.#last = new Uint32Array(chunkMask + 1)));
    this.#last[at] = isQuoted ? start + quotedBit : start;
    this.#count += 1;
  }

  /** The offset of a cell. */
  startOf(cell: number): number {
    const entry = this.#entry(cell);
    return entry < quotedBit ? entry : entry - quotedBit;
  }

  /** The content of a cell. */
  text(cell: number): string {
    const [bytes, { trim, quote }] = [this.#bytes, this.#dialect];
    const entry = this.#entry(cell);
    if (entry < quotedBit) {
      const value = decode(bytes, entry, endOfPlain(bytes, entry, this.#dialect.delimiter));
      return trim ? value.trim() : value;
    }
    const start = entry - quotedBit;
    const mark = String.fromCharCode(quote);
    const value = decode(bytes, start + 1, endOfQuoted(bytes, start, quote) - 1);
    return value.includes(mark) ? value.replaceAll(mark + mark, mark) : value;
  }

  /** The number in a cell, or `undefined` if there is something else. */
  number(cell: number): number | undefined {
    const entry = this.#entry(cell);
    const value = plainNumber(
      this.#bytes,
      entry < quotedBit ? entry : entry - quotedBit + 1,
      entry >= quotedBit,
      this.#dialect,
    );
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

/** The text of bytes. Most cells are short, and `TextDecoder` takes longer to begin than to decode them. */
function decode(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > 24) return utf8.decode(bytes.subarray(start, end));
  let text = '';
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte > 127) return utf8.decode(bytes.subarray(start, end));
    text += String.fromCharCode(byte);
  }
  return text;
}

/**
 * A number of at most 15 digits and a small power of ten, or NaN for anything else. Digits and power are exact doubles,
 * so that the one operation between them rounds correctly (Clinger, "How to read floating point numbers accurately",
 * 1990).
 */
function plainNumber(
  bytes: Uint8Array,
  start: number,
  isQuoted: boolean,
  { delimiter, quote, decimal: point }: Dialect,
): number {
  const end = bytes.length;
  // A blank that separates values ends an empty one.
  const skipped = delimiter === blank ? -1 : blank;
  let at = start;
  while (at < end && bytes[at] === skipped) at++;
  const isNegative = at < end && bytes[at] === 45;
  if (isNegative || (at < end && bytes[at] === 43)) at++;
  let [mantissa, digits, power] = [0, 0, 0];
  let from = at;
  for (; at < end; at++) {
    const digit = bytes[at]! - 48;
    if (digit < 0 || digit > 9) break;
    mantissa = mantissa * 10 + digit;
  }
  digits = at - from;
  if (at < end && bytes[at] === point) {
    from = ++at;
    for (; at < end; at++) {
      const digit = bytes[at]! - 48;
      if (digit < 0 || digit > 9) break;
      mantissa = mantissa * 10 + digit;
    }
    power = from - at;
    digits -= power;
  }
  if (digits === 0 || digits > 15) return NaN;
  if (at < end && (bytes[at]! | 32) === 101) {
    const sign = at + 1 < end ? bytes[at + 1] : 0;
    from = at += sign === 43 || sign === 45 ? 2 : 1;
    let exponent = 0;
    for (; at < Math.min(end, from + 4); at++) {
      const digit = bytes[at]! - 48;
      if (digit < 0 || digit > 9) break;
      exponent = exponent * 10 + digit;
    }
    if (at === from) return NaN;
    power += sign === 45 ? -exponent : exponent;
  }
  if (power < -22 || power > 22) return NaN;
  if (delimiter >= 0 || isQuoted) while (at < end && bytes[at] === skipped) at++;
  if (isQuoted ? bytes[at] !== quote || bytes[at + 1] === quote : at < end && !isEnd(bytes[at]!, delimiter)) return NaN;
  const value = power < 0 ? mantissa / exactPowers[-power]! : power > 0 ? mantissa * exactPowers[power]! : mantissa;
  return isNegative ? -value : value;
}

function isEnd(byte: number, delimiter: number): boolean {
  return byte === delimiter || byte === lineFeed || byte === carriageReturn || (delimiter < 0 && isBlank(byte));
}

/** Where a cell without quotes ends. */
export function endOfPlain(bytes: Uint8Array, start: number, delimiter: number): number {
  const end = bytes.length;
  let at = start;
  if (delimiter < 0) {
    while (at < end && !isEnd(bytes[at]!, delimiter)) at++;
    return at;
  }
  // Digits and letters are above the usual delimiters: one comparison for most bytes.
  const most = Math.max(delimiter, carriageReturn);
  for (; at < end; at++) {
    const byte = bytes[at]!;
    if (byte <= most && (byte === delimiter || byte === lineFeed || byte === carriageReturn)) break;
  }
  return at;
}

/** Where a quoted cell ends: behind its last quote, or -1 if there is none. */
export function endOfQuoted(bytes: Uint8Array, start: number, quote: number): number {
  for (let at = bytes.indexOf(quote, start + 1); at >= 0; at = bytes.indexOf(quote, at + 2)) {
    if (bytes[at + 1] !== quote) return at + 1;
  }
  return -1;
}
