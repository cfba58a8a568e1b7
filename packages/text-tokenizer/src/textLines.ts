import { FormatError, OptionError, showValue } from '@chainrule/errors';
import { aBoolean, aCount, aString, checkOptions, refuse } from '@chainrule/errors/check';
import { aStream } from './checks.ts';

/** Options of {@link textLines}. */
export interface TextLinesOptions {
  /** How the text is encoded, such as `latin1`; by default `utf-8`. */
  readonly encoding?: string;
  /** Whether to replace invalid bytes by U+FFFD instead of throwing; by default false. */
  readonly replaceInvalid?: boolean;
  /** The greatest length of a line in UTF-16 units; a line must fit into memory. By default 2²⁶. */
  readonly maxLineLength?: number;
  /** The name of the bytes in error messages; by default `bytes`. */
  readonly name?: string;
}

/**
 * Splits a stream of bytes, such as a file or the body of a response, into lines, and holds only one line in memory. Lines
 * end in `\n` or `\r\n`; a line end at the end of the stream starts no further line.
 *
 * @throws FormatError if bytes are invalid in the encoding or a line is too long; the message has the line number
 * @throws OptionError if the platform does not know the encoding
 * @example
 * const chunks = [Uint8Array.of(0x61, 0x0a, 0xc3), Uint8Array.of(0xa9)];
 * const lines = [];
 * for await (const line of textLines(chunks)) lines.push(line);
 * lines; // => ['a','é']
 */
export async function* textLines(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: TextLinesOptions = {},
): AsyncGenerator<string, void> {
  checkOptions('textLines', options, {
    encoding: aString,
    replaceInvalid: aBoolean,
    maxLineLength: aCount,
    name: aString,
  });
  aStream('textLines', 'chunks', chunks);
  const { encoding = 'utf-8', replaceInvalid = false } = options;
  const decoder = decoderOf(encoding, !replaceInvalid);
  const lines = new LineSplitter(options);
  const decode = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      return lines.fail(
        `expected ${encoding}, got invalid bytes in or soon after line ${lines.number}; set another \`encoding\`, or \`replaceInvalid\``,
      );
    }
  };
  for await (const chunk of chunks) {
    if (!(chunk instanceof Uint8Array)) refuse('textLines', 'chunks', 'bytes in Uint8Arrays', chunk);
    yield* lines.push(decode(chunk));
  }
  yield* lines.push(decode());
  if (lines.length) yield lines.finish();
}

/** Splits a text that arrives in chunks into lines. */
class LineSplitter {
  /** The number of the current line, from 1, and its length so far. */
  number = 1;
  length = 0;
  #parts: string[] = [];
  readonly #options: TextLinesOptions;

  constructor(options: TextLinesOptions) {
    this.#options = options;
  }

  /** The lines that end in the next chunk. */
  *push(text: string): Generator<string, void> {
    let at = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
      this.#keep(text.slice(at, end));
      at = end + 1;
      yield this.finish();
    }
    this.#keep(text.slice(at));
  }

  finish(): string {
    const line = this.#parts.join('');
    this.#parts = [];
    this.length = 0;
    this.number += 1;
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  }

  fail(problem: string): never {
    throw new FormatError(`textLines: ${this.#options.name ?? 'bytes'}: ${problem}`);
  }

  #keep(part: string): void {
    const { maxLineLength = 2 ** 26 } = this.#options;
    if (!part) return;
    this.length += part.length;
    // A carriage return may belong to the line end.
    if (this.length - (part.endsWith('\r') ? 1 : 0) > maxLineLength)
      this.fail(
        `expected lines of at most ${maxLineLength} units, got a longer one at line ${this.number}; raise \`maxLineLength\``,
      );
    this.#parts.push(part);
  }
}

function decoderOf(encoding: string, fatal: boolean): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal });
  } catch {
    throw new OptionError(
      `textLines: \`encoding\` must be one that the platform knows, such as "utf-8", got ${showValue(encoding)}`,
    );
  }
}
