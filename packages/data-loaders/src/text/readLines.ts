import { FormatError, OptionError, showValue } from '@chainrule/errors';
import { aString, checkOptions, type Checks, refuse } from '@chainrule/errors/check';
import { checkBytes } from '../checks.ts';

/** Options of {@link readText} and {@link readLines}. */
export interface ReadTextOptions {
  /** The name of the bytes in error messages, such as a file name; by default `bytes`. */
  readonly name?: string;
  /** The encoding of the text, such as `latin1`; by default `utf-8`. */
  readonly encoding?: string;
}

const textChecks: Checks<ReadTextOptions> = { name: aString, encoding: aString };

/** The greatest length of a string in V8, in UTF-16 units; that of other engines is similar. */
const maxCharacters = 2 ** 29 - 24;
const pieceBytes = 2 ** 16;

/**
 * Decodes text and drops a byte order mark.
 *
 * @throws FormatError if a byte is invalid in the encoding, or the text is too long for a string; the message has the offset
 * of the byte
 * @throws OptionError if the platform does not know the encoding
 * @example
 * readText(Uint8Array.of(0xe9), { encoding: 'latin1' }); // => é
 */
export function readText(bytes: Uint8Array, options: ReadTextOptions = {}): string {
  checkBytes('readText', bytes);
  checkOptions('readText', options, textChecks);
  const { name = 'bytes', encoding = 'utf-8' } = options;
  const decoder = decoderOf(encoding);
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    const bad = badOffset(bytes, encoding);
    if (bad === undefined)
      throw new FormatError(
        `readText: ${name}: expected at most ${maxCharacters} characters, got more in ${bytes.length} bytes; read it in parts`,
        { cause },
      );
    const got = bad < bytes.length ? `0x${bytes[bad]!.toString(16).padStart(2, '0')}` : 'the end of the data';
    throw new FormatError(
      `readText: ${name}: expected ${encoding}, got ${got} at offset ${bad}; name another \`encoding\``,
      { cause },
    );
  }
}

function decoderOf(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (cause) {
    throw new OptionError(
      `readText: \`encoding\` must be one that the platform knows, such as "latin1", got ${showValue(encoding)}`,
      { cause },
    );
  }
}

/** The offset of the first character that is invalid in the encoding; `undefined` if all are valid. */
function badOffset(bytes: Uint8Array, encoding: string): number | undefined {
  const isGood = (decoder: TextDecoder, from: number, to: number, stream: boolean): boolean => {
    try {
      decoder.decode(bytes.subarray(from, to), { stream });
      return true;
    } catch {
      return false;
    }
  };
  let piece = 0;
  for (const decoder = decoderOf(encoding); piece < bytes.length && isGood(decoder, piece, piece + pieceBytes, true);)
    piece += pieceBytes;
  // Decode again with a new decoder, up to that piece, and then byte by byte.
  const decoder = decoderOf(encoding);
  for (let at = 0; at < piece; at += pieceBytes) isGood(decoder, at, at + pieceBytes, true);
  let good = Math.min(piece, bytes.length);
  while (good < bytes.length && isGood(decoder, good, good + 1, true)) good += 1;
  if (good === bytes.length) return isGood(decoder, good, good, false) ? undefined : good;
  // The invalid byte may follow the start of a character.
  return startOfCharacter(bytes, good, encoding);
}

function startOfCharacter(bytes: Uint8Array, bad: number, encoding: string): number {
  for (let start = Math.max(0, bad - 3); start < bad; start++) {
    // Look for the first offset from which the bytes are an incomplete character.
    const decoder = decoderOf(encoding);
    try {
      if (decoder.decode(bytes.subarray(start, bad), { stream: true }) === '' && !/^utf-16/i.test(decoder.encoding))
        return start;
    } catch {
      // The character begins later.
    }
  }
  return bad;
}

/**
 * Splits a text into lines, which end in `\n` or `\r\n`. A line end at the end of the text starts no further line.
 *
 * @throws FormatError if bytes are invalid in the encoding
 * @example
 * readLines('emma\r\nolivia\n'); // => ['emma','olivia']
 */
export function readLines(text: Uint8Array | string, options: ReadTextOptions = {}): string[] {
  if (typeof text !== 'string' && !(text instanceof Uint8Array))
    refuse('readLines', 'text', 'a string or a Uint8Array', text);
  checkOptions('readLines', options, textChecks);
  const lines = (typeof text === 'string' ? text : readText(text, options)).split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
