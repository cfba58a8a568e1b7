import { OptionError, showValue } from '@chainrule/errors';

/** All bytes at once, or chunks of them. */
export type ByteSource = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** Reads bytes in order. Its memory holds only the current chunk and the bytes requested. */
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
        `${op}: \`source\` must be bytes or an iterable of chunks of bytes, got ${showValue(source)}`,
      );
  }

  /** Whether no bytes remain. */
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

  /** Returns the next `count` bytes without consuming them; fewer at the end. */
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

  /** Consumes the next `count` bytes; fewer at the end. */
  async read(count: number): Promise<Uint8Array> {
    const parts = new Pieces();
    while (parts.length < count && !(await this.isAtEnd()))
      parts.add(this.#take(Math.min(this.#chunk.length, this.#at + count - parts.length)));
    return parts.join();
  }

  /**
   * Consumes the bytes up to and including the next `end`. Returns them without `end`, and whether `end` was found; or
   * undefined if more than `limit` bytes precede it.
   */
  async readUntil(
    end: number,
    limit: number,
  ): Promise<{ readonly bytes: Uint8Array; readonly isEnded: boolean } | undefined> {
    const parts = new Pieces();
    let isEnded = false;
    while (!isEnded && parts.length <= limit && !(await this.isAtEnd())) {
      const found = this.#chunk.indexOf(end, this.#at);
      isEnded = found >= 0;
      parts.add(this.#take(isEnded ? found : this.#chunk.length));
      if (isEnded) this.#at += 1;
    }
    return parts.length > limit ? undefined : { bytes: parts.join(), isEnded };
  }

  /** Closes the source. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  #take(end: number): Uint8Array {
    const part = this.#chunk.subarray(this.#at, end);
    this.#at = end;
    return part;
  }
}

/** Concatenates pieces of bytes. */
class Pieces {
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
