import { FormatError } from '@chainrule/errors';

/** Options of {@link readText} and {@link readLines}. */
export interface ReadTextOptions {
  /** What messages call the bytes, such as the file's name; by default `bytes`. */
  readonly name?: string;
  /** How the text is encoded, such as `latin1`; by default `utf-8`. */
  readonly encoding?: string;
}

/**
 * Decodes text and drops a byte order mark.
 *
 * @throws FormatError where the bytes are not in the encoding, with the offset
 * @throws RangeError for an encoding that the platform does not know
 * @example
 * readText(Uint8Array.of(0xe9), { encoding: 'latin1' }); // => é
 */
export function readText(bytes: Uint8Array, options: ReadTextOptions = {}): string {
  const { name = 'bytes', encoding = 'utf-8' } = options;
  const decode = (end: number, stream: boolean): string | undefined => {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(0, end), { stream });
    } catch (error) {
      if (error instanceof RangeError) throw error;
      return undefined;
    }
  };
  const text = decode(bytes.length, false);
  if (text !== undefined) return text;
  let [good, bad] = [0, bytes.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    if (decode(middle, true) === undefined) bad = middle;
    else good = middle;
  }
  const got = good < bytes.length ? `0x${bytes[good]!.toString(16).padStart(2, '0')}` : 'the end of the bytes';
  throw new FormatError(`readText: ${name}: expected ${encoding}, got ${got} at offset ${good}; name another \`encoding\``);
}

/**
 * The lines of a text, which may end in `\n` or `\r\n`; a line end at the very end begins no further line.
 *
 * @throws FormatError where bytes are not in the encoding
 * @example
 * readLines('emma\r\nolivia\n'); // => ['emma','olivia']
 */
export function readLines(text: Uint8Array | string, options: ReadTextOptions = {}): string[] {
  const lines = (typeof text === 'string' ? text : readText(text, options)).split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
