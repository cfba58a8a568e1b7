import { OptionError, showValue } from '@chainrule/errors';

/** Bytes in one piece, or as they come. */
export type ByteSource = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** Reads bytes in order, and keeps no more than what is asked for and the piece at hand. */
export class ByteReader {
  readonly #op: string;
  readonly #chunks: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);
  #at = 0;

  constructor(op: string, source: ByteSource) {
    this.#op = op;
    const chunks = source instanceof Uint8Array ? [source] : source;
    if (typeof chunks === 'object' && chunks !== null && Symbol.asyncIterator in chunks)
      this.#chunks = chunks[Symbol.asyncIterator]();
    else if (typeof chunks === 'object' && chunks !== null && Symbol.iterator in chunks)
      this.#chunks = chunks[Symbol.iterator]();
    else
      throw new OptionError(
        `${op}: \`source\` must be bytes, or chunks of bytes one after the other, got ${showValue(source)}`,
      );
  }

  /** Whether all is read. */
  async isAtEnd(): Promise<boolean> {
    while (this.#at === this.#chunk.length) {
      const next = await this.#chunks.next();
      if (next.done) return true;
      const value: unknown = next.value;
      if (!(value instanceof Uint8Array))
        throw new OptionError(`${this.#op}: \`source\` must give chunks of bytes, got ${showValue(value)}`);
      this.#chunk = value;
      this.#at = 0;
    }
    return false;
  }

  /** The next `count` bytes, which are not taken; fewer at the end of the source. */
  async peek(count: number): Promise<Uint8Array> {
    const bytes = await this.read(count);
    const rest = this.#chunk.subarray(this.#at);
    const whole = new Uint8Array(bytes.length + rest.length);
    whole.set(bytes);
    whole.set(rest, bytes.length);
    this.#chunk = whole;
    this.#at = 0;
    return bytes;
  }

  /** The next `count` bytes; fewer at the end of the source. */
  async read(count: number): Promise<Uint8Array> {
    const parts = new Parts();
    while (parts.length < count && !(await this.isAtEnd()))
      parts.add(this.#take(Math.min(this.#chunk.length, this.#at + count - parts.length)));
    return parts.join();
  }

  /**
   * The bytes before the next `end`, which is skipped, and whether there was one; undefined where more than `most` come
   * before it.
   */
  async readUntil(
    end: number,
    most: number,
  ): Promise<{ readonly bytes: Uint8Array; readonly isEnded: boolean } | undefined> {
    const parts = new Parts();
    let isEnded = false;
    while (!isEnded && parts.length <= most && !(await this.isAtEnd())) {
      const found = this.#chunk.indexOf(end, this.#at);
      isEnded = found >= 0;
      parts.add(this.#take(isEnded ? found : this.#chunk.length));
      if (isEnded) this.#at += 1;
    }
    return parts.length > most ? undefined : { bytes: parts.join(), isEnded };
  }

  /** Lets go of the source, where reading stops early. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  #take(end: number): Uint8Array {
    const part = this.#chunk.subarray(this.#at, end);
    this.#at = end;
    return part;
  }
}

/** Pieces that become one. */
class Parts {
  length = 0;
  readonly #parts: Uint8Array[] = [];

  add(part: Uint8Array): void {
    this.#parts.push(part);
    this.length += part.length;
  }

  join(): Uint8Array {
    if (this.#parts.length === 1) return this.#parts[0]!;
    const whole = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}
