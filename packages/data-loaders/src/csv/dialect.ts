import { OptionError, showValue } from '@chainrule/errors';
import { type Check, checkThat } from '@chainrule/errors/check';

/** The format of a table. */
export interface CsvFormat {
  /** The delimiter of values: one ASCII character, or `whitespace` for any number of spaces and tabs. Default: a comma. */
  readonly delimiter?: string;
  /** The quote around values that contain a delimiter, a line end or a quote; `false` disables quoting. Default: `"`. */
  readonly quote?: string | false;
  /** Whether to remove spaces around unquoted values. Default: `false`. */
  readonly trim?: boolean;
  /** Skips lines that begin with this text, such as `#`. Default: none. */
  readonly comment?: string;
  /** The number of rows to skip at the start. Default: 0. */
  readonly skip?: number;
  /** The number of rows to skip at the end. Default: 0. */
  readonly footer?: number;
  /** The decimal point of numbers, one character. Default: a dot. */
  readonly decimal?: string;
  /** The separator of thousands in numbers, one character. Default: none. */
  readonly thousands?: string;
}

/** {@link CsvFormat} with defaults filled in and characters as codes; -1 means none. */
export interface Dialect {
  /** -1 for any number of spaces and tabs. */
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
 * Fills in the defaults of a format and checks it.
 *
 * @throws OptionError if two characters conflict
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

/** Checks for one ASCII character that does not end a line. */
export const aCharacter: Check = /* @__PURE__ */ checkThat(
  'one ASCII character other than a line end',
  (value) => typeof value === 'string' && /^[^\n\r\x80-\uffff]$/.test(value),
);

/** Whether a byte is a space or a tab. */
export const isBlank = (byte: number): boolean => byte === blank || byte === tab;
