import { FormatError, OptionError, showValue } from '@chainrule/errors';
import { aString, checkOptions, type Checks, refuse } from '@chainrule/errors/check';
import { checkBytes } from '../checks.ts';

/** Options of {@link readText} and {@link readLines}. */
export interface ReadTextOptions {
  /** What messages call the bytes, such as the file's name; by default `bytes`. */
  readonly name?: string;
  /** How the text is encoded, such as `latin1`; by default `utf-8`. */
  readonly encoding?: string;
}

const textChecks: Checks<ReadTextOptions> = { name: aString, encoding: aString };

/** The most characters (UTF-16 code units) of a string in V8, which other engines come near. */
const mostCharacters = 2 ** 29 - 24;
const pieceBytes = 2 ** 16;

/**
 * Decodes text and drops a byte order mark.
 *
 * @throws FormatError if bytes are not in the encoding, with the offset of the first one, or if the text is too long for
 * a string
 * @throws OptionError for an encoding that the platform does not know
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
        `readText: ${name}: expected at most ${mostCharacters} characters, got more in ${bytes.length} bytes; read it in parts`,
        { cause },
      );
    const got = bad < bytes.length ? `0x${bytes[bad]!.toString(16).padStart(2, '0')}` : 'the end of the bytes';
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

/** Where the first character that is not in the encoding begins; `undefined` if there is none. */
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
  // A new decoder reads up to that piece as the first one did, and then byte by byte.
  const decoder = decoderOf(encoding);
  for (let at = 0; at < piece; at += pieceBytes) isGood(decoder, at, at + pieceBytes, true);
  let good = Math.min(piece, bytes.length);
  while (good < bytes.length && isGood(decoder, good, good + 1, true)) good += 1;
  if (good === bytes.length) return isGood(decoder, good, good, false) ? undefined : good;
  // The byte that does not fit may be the one after a character that has begun.
  return startOfCharacter(bytes, good, encoding);
}

function startOfCharacter(bytes: Uint8Array, bad: number, encoding: string): number {
  for (let start = Math.max(0, bad - 3); start < bad; start++) {
    // From here on, bytes begin a character and do not end it.
    const decoder = decoderOf(encoding);
    try {
      if (decoder.decode(bytes.subarray(start, bad), { stream: true }) === '' && !/^utf-16/i.test(decoder.encoding))
        return start;
    } catch {
      // It begins later.
    }
  }
  return bad;
}

/**
 * The lines of a text, which may end in `\n` or `\r\n`; a line end at the very end begins no further line.
 *
 * @throws FormatError where bytes are not in the encoding
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
