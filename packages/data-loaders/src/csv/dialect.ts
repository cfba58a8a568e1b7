import { OptionError, showValue } from '@chainrule/errors';
import { type Check, checkThat } from '@chainrule/errors/check';

/** How a table is written. */
export interface CsvFormat {
  /** What separates values: one ASCII character, or `whitespace` for runs of blanks and tabs. Default: a comma. */
  readonly delimiter?: string;
  /** The character around values that contain a delimiter, a line end or a quote; `false` if quotes mean nothing. Default: `"`. */
  readonly quote?: string | false;
  /** Whether to remove the blanks around values outside of quotes. Default: `false`. */
  readonly trim?: boolean;
  /** The text that lines to leave out begin with, such as `#`. Default: none. */
  readonly comment?: string;
  /** How many rows to leave out at the start. Default: 0. */
  readonly skip?: number;
  /** How many rows to leave out at the end. Default: 0. */
  readonly footer?: number;
  /** The decimal point of numbers, one character. Default: a dot. */
  readonly decimal?: string;
  /** The character between groups of digits, which is removed from numbers. Default: none. */
  readonly thousands?: string;
}

/** {@link CsvFormat} with every option filled in, and characters as their codes; -1 for none. */
export interface Dialect {
  /** -1 for runs of blanks. */
  readonly delimiter: number;
  readonly quote: number;
  readonly trim: boolean;
  readonly comment: string;
  readonly skip: number;
  readonly footer: number;
  readonly decimal: number;
  readonly thousands: string;
}

export const lineFeed = 10;
export const carriageReturn = 13;
export const blank = 32;
export const tab = 9;

/**
 * The format as the reader uses it.
 *
 * @throws OptionError for characters that contradict each other
 */
export function dialectOf({
  delimiter = ',',
  quote = '"',
  trim = false,
  comment = '',
  skip = 0,
  footer = 0,
  decimal = '.',
  thousands = '',
}: CsvFormat): Dialect {
  const dialect: Dialect = {
    delimiter: delimiter === 'whitespace' ? -1 : delimiter.charCodeAt(0),
    quote: quote === false ? -1 : quote.charCodeAt(0),
    trim: trim || delimiter === 'whitespace',
    comment,
    skip,
    footer,
    decimal: decimal.charCodeAt(0),
    thousands,
  };
  const apart = (a: 'delimiter' | 'decimal', b: 'delimiter' | 'quote'): void => {
    if (dialect[a] !== -1 && dialect[a] === dialect[b])
      throw new OptionError(
        `readCsv: \`${a}\` must differ from \`${b}\`, got ${showValue(String.fromCharCode(dialect[a]))} for both`,
      );
  };
  apart('delimiter', 'quote');
  apart('decimal', 'delimiter');
  apart('decimal', 'quote');
  if (thousands === decimal)
    throw new OptionError(`readCsv: \`thousands\` must differ from \`decimal\`, got ${showValue(decimal)} for both`);
  return dialect;
}

/** One ASCII character that does not end a line. */
export const aCharacter: Check = /* @__PURE__ */ checkThat(
  'one ASCII character and no line end',
  (value) => typeof value === 'string' && /^[^\n\r\x80-\uffff]$/.test(value),
);

/** Whether a byte separates values in runs of blanks. */
export const isBlank = (byte: number): boolean => byte === blank || byte === tab;
