import { FormatError, showValue } from '@chainrule/errors';
import { type Cells, endOfPlain, endOfQuoted } from './cells.ts';
import { carriageReturn, type Dialect, isBlank, lineFeed } from './dialect.ts';

/** Iterates over the records of a table. A record ends at a line end outside quotes. */
export class Records {
  /** The number of records so far, including empty lines and comments. */
  number = 0;
  /** The start of the next record. */
  at = 0;
  /** Collects the cells of the next record. */
  cells: Cells | undefined;
  readonly #bytes: Uint8Array;
  readonly #dialect: Dialect;
  readonly #comment: Uint8Array;
  readonly #name: string;

  constructor(bytes: Uint8Array, dialect: Dialect, name: string) {
    this.#bytes = bytes;
    this.#dialect = dialect;
    this.#comment = new TextEncoder().encode(dialect.comment);
    this.#name = name;
  }

  /**
   * Advances to the next record.
   *
   * @returns its number of cells: 0 for an empty line or a comment, -1 at the end
   */
  next(): number {
    const { delimiter, trim } = this.#dialect;
    if (this.at >= this.#bytes.length) return -1;
    this.number += 1;
    if (this.#comment.length && this.#comment.every((byte, i) => this.#bytes[this.at + i] === byte)) {
      const end = this.#bytes.indexOf(lineFeed, this.at);
      this.at = end < 0 ? this.#bytes.length : end + 1;
      return 0;
    }
    if (trim) this.#skipBlanks();
    if (this.#endLine()) return 0;
    const plain = delimiter >= 0 && !trim ? this.#plainCells() : 0;
    if (plain > 0 && this.#endLine()) return plain;
    for (let count = plain + 1; ; count++) {
      this.#cell();
      if (delimiter >= 0 && this.#bytes[this.at] === delimiter) this.at += 1;
      else {
        if (trim) this.#skipBlanks();
        if (this.#endLine()) return count;
        if (delimiter >= 0) this.at += 1;
      }
      if (trim) this.#skipBlanks();
    }
  }

  /** Reads cells up to the end of the line or to a quoted cell. */
  #plainCells(): number {
    const bytes = this.#bytes;
    const { delimiter, quote } = this.#dialect;
    const { cells } = this;
    let count = 0;
    let at = this.at;
    while (bytes[at] !== quote) {
      cells?.push(at, false);
      count += 1;
      at = endOfPlain(bytes, at, delimiter);
      if (bytes[at] !== delimiter) break;
      at += 1;
    }
    this.at = at;
    return count;
  }

  #cell(): void {
    const [bytes, start] = [this.#bytes, this.at];
    const isQuoted = start < bytes.length && bytes[start] === this.#dialect.quote;
    this.cells?.push(start, isQuoted);
    this.at = isQuoted ? this.#endOfQuoted(start) : endOfPlain(bytes, start, this.#dialect.delimiter);
  }

  #endOfQuoted(start: number): number {
    const [bytes, { quote, delimiter, trim }] = [this.#bytes, this.#dialect];
    const end = endOfQuoted(bytes, start, quote);
    if (end < 0) this.#fail(start, 'no end');
    this.at = end;
    if (trim) this.#skipBlanks();
    const byte = bytes[this.at] ?? lineFeed;
    const isEnd =
      byte === delimiter || byte === lineFeed || byte === carriageReturn || (delimiter < 0 && this.at > end);
    if (!isEnd)
      this.#fail(
        start,
        `${showValue(new TextDecoder().decode(bytes.slice(this.at, this.at + 4)).slice(0, 1))} after it`,
      );
    return this.at;
  }

  #fail(start: number, got: string): never {
    let line = 1;
    for (let at = this.#bytes.indexOf(lineFeed); at >= 0 && at < start; at = this.#bytes.indexOf(lineFeed, at + 1))
      line += 1;
    throw new FormatError(
      `readCsv: ${this.#name}: expected a quoted value to end before a delimiter, got ${got} for the value that begins in line ${line}; \`quote: false\` reads quotes literally`,
    );
  }

  /** Skips spaces, and tabs unless the tab is the delimiter. */
  #skipBlanks(): void {
    const [bytes, { delimiter }] = [this.#bytes, this.#dialect];
    while (this.at < bytes.length && bytes[this.at] !== delimiter && isBlank(bytes[this.at]!)) this.at += 1;
  }

  /** Skips a line end, and returns whether the line ended; the last line may end without one. */
  #endLine(): boolean {
    const bytes = this.#bytes;
    if (this.at >= bytes.length) return true;
    const byte = bytes[this.at];
    if (byte !== lineFeed && byte !== carriageReturn) return false;
    this.at += byte === carriageReturn && bytes[this.at + 1] === lineFeed ? 2 : 1;
    return true;
  }
}
