import { FormatError, OptionError, showValue } from '@chainrule/errors';
import { aBoolean, aCount, aString, checkOptions, refuse } from '@chainrule/errors/check';
import { aStream } from './checks.ts';

/** Options of {@link textLines}. */
export interface TextLinesOptions {
  /** How the text is encoded, such as `latin1`; by default `utf-8`. */
  readonly encoding?: string;
  /** Whether bytes that are not in the encoding become U+FFFD; by default they are refused. */
  readonly replaceInvalid?: boolean;
  /** The longest line in UTF-16 units, which must fit into the memory; by default 2²⁶. */
  readonly maxLineLength?: number;
  /** What messages call the bytes; by default `bytes`. */
  readonly name?: string;
}

/**
 * The lines of a stream of bytes, one in memory at a time: of a file, or of the body of a response. Lines may end in
 * `\n` or `\r\n`; a line end at the very end begins no further line.
 *
 * @throws FormatError where bytes are not in the encoding or a line is too long, with the line's number
 * @throws OptionError for an encoding that the platform does not know
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
  const lines = new LineCutter(options);
  const decode = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      return lines.fail(
        `expected ${encoding}, got other bytes in line ${lines.number} or soon after; name another \`encoding\`, or set \`replaceInvalid\``,
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

/** Cuts a text that comes in parts into lines. */
class LineCutter {
  /** The number of the line that is not at its end yet, from 1, and its length so far. */
  number = 1;
  length = 0;
  #parts: string[] = [];
  readonly #options: TextLinesOptions;

  constructor(options: TextLinesOptions) {
    this.#options = options;
  }

  /** The lines that end in the next part. */
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
    this.length += part.length;
    if (this.length > maxLineLength)
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
