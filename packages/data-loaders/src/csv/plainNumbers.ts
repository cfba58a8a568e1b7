import { blank, carriageReturn, type Dialect, isBlank, lineFeed } from './dialect.ts';
import { exactPowers, roundedDecimal } from './roundedDecimal.ts';

const minus = 45;
const plus = 43;
const zero = 48;
const letterE = 101;

/** Parses numbers in cells directly from their bytes. */
export class PlainNumbers {
  readonly #bytes: Uint8Array;
  readonly #delimiter: number;
  readonly #quote: number;
  readonly #point: number;
  /** The blanks that may surround a number. A blank that is the delimiter is not one of them. */
  readonly #skipped: number;
  /** The end of the last exponent. */
  #end = 0;

  constructor(bytes: Uint8Array, { delimiter, quote, decimal }: Dialect) {
    this.#bytes = bytes;
    this.#delimiter = delimiter;
    this.#quote = quote;
    this.#point = decimal;
    this.#skipped = delimiter === blank ? -1 : blank;
  }

  /**
   * Parses the number at an offset. Returns NaN for anything else, and for the few numbers whose rounding needs more digits.
   * Up to 15 digits and a small power of ten are exact as doubles, so one multiplication or division rounds correctly
   * (Clinger, "How to read floating point numbers accurately", 1990).
   */
  read(start: number, isQuoted: boolean): number {
    const bytes = this.#bytes;
    let at = start;
    while (bytes[at] === this.#skipped) at++;
    const sign = bytes[at];
    if (sign === minus || sign === plus) at++;
    const first = at;
    let mantissa = 0;
    let power = 0;
    let digit = bytes[at]! - zero;
    for (; digit >= 0 && digit <= 9; digit = bytes[++at]! - zero) mantissa = mantissa * 10 + digit;
    let count = at - first;
    const after = bytes[at];
    // Most integers end here and are exact.
    if ((after === this.#delimiter || after === lineFeed) && !isQuoted && count > 0 && count <= 15)
      return sign === minus ? -mantissa : mantissa;
    if (after === this.#point) {
      const fraction = ++at;
      digit = bytes[at]! - zero;
      for (; digit >= 0 && digit <= 9; digit = bytes[++at]! - zero) mantissa = mantissa * 10 + digit;
      power = fraction - at;
      count -= power;
    }
    if (count === 0) return NaN;
    const last = at;
    if ((bytes[at]! | 32) === letterE) {
      power += this.#exponent(at + 1);
      at = this.#end;
    }
    if (!this.#isEnd(at, isQuoted)) return NaN;
    const isExact = count <= 15 && power >= -22 && power <= 22;
    if (!isExact) mantissa = roundedDecimal(bytes, first, last, power);
    else mantissa = power < 0 ? mantissa / exactPowers[-power]! : mantissa * exactPowers[power]!;
    return sign === minus ? -mantissa : mantissa;
  }

  /** Parses an exponent of at most four digits at an offset; NaN if the text has another form. */
  #exponent(start: number): number {
    const bytes = this.#bytes;
    const sign = bytes[start];
    const first = sign === minus || sign === plus ? start + 1 : start;
    let exponent = 0;
    let at = first;
    for (; at < first + 4; at++) {
      const digit = bytes[at]! - zero;
      if (!(digit >= 0 && digit <= 9)) break;
      exponent = exponent * 10 + digit;
    }
    this.#end = at;
    if (at === first) return NaN;
    return sign === minus ? -exponent : exponent;
  }

  /** Whether only blanks remain between an offset and the end of the cell. */
  #isEnd(offset: number, isQuoted: boolean): boolean {
    const bytes = this.#bytes;
    let at = offset;
    if (bytes[at] === this.#delimiter && !isQuoted) return true;
    if (this.#delimiter >= 0 || isQuoted) while (bytes[at] === this.#skipped) at++;
    if (isQuoted) return bytes[at] === this.#quote && bytes[at + 1] !== this.#quote;
    return at >= bytes.length || isEnd(bytes[at]!, this.#delimiter);
  }
}

/** Whether a byte ends an unquoted cell. */
export function isEnd(byte: number, delimiter: number): boolean {
  return byte === delimiter || byte === lineFeed || byte === carriageReturn || (delimiter < 0 && isBlank(byte));
}
