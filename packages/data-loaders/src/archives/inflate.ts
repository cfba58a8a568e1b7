import { FormatError } from '@chainrule/errors';
import { Z_NO_FLUSH, Z_OK, Z_STREAM_END, zlibInflate, zlibInflateInit2, ZStream } from 'pako';

/** zlib's `windowBits` of each wrapping: 16 more for gzip, negative for none. */
const windowBits = { gzip: 31, zlib: 15, deflate: -15 } as const;
const [smallestPart, largestPart] = [2 ** 12, 2 ** 20];

/** What to unpack, and how messages call it. */
interface InflateOptions {
  readonly op: string;
  readonly name: string;
  /** The most bytes that may come out. */
  readonly maxBytes: number;
  /** The option that sets it, for messages. */
  readonly option?: string;
  /** Where the stream starts; default: 0. */
  readonly start?: number;
  /** The offset in the file of an offset in `bytes`; by default the same. */
  readonly place?: (offset: number) => number;
}

/** The content of a compressed stream. */
export interface Inflated {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The offset of the first byte after the stream. */
  readonly end: number;
}

/**
 * Unpacks one compressed stream and stops as soon as it exceeds `maxBytes`. Bytes may follow the stream.
 *
 * Source: RFC 1950 to 1952; unpacked by pako, zlib in JavaScript, which says where a stream ends. The platform's
 * `DecompressionStream` doesn't, and platforms differ in what they do with the bytes that follow.
 *
 * @throws FormatError with the offset if the stream is truncated or corrupt, or exceeds `maxBytes`
 */
export function inflate(format: keyof typeof windowBits, bytes: Uint8Array, options: InflateOptions): Inflated {
  const { op, name, maxBytes, option, start = 0, place = (offset) => offset } = options;
  const stream = new ZStream();
  zlibInflateInit2(stream, windowBits[format]);
  Object.assign(stream, { input: bytes, next_in: start, avail_in: bytes.length - start });
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const part = new Uint8Array(Math.min(largestPart, Math.max(smallestPart, size)));
    Object.assign(stream, { output: part, next_out: 0, avail_out: part.length });
    const status = zlibInflate(stream, Z_NO_FLUSH);
    size += stream.next_out;
    if (size > maxBytes)
      throw new FormatError(
        `${op}: ${name}: expected at most ${maxBytes} unpacked bytes${option ? ` (\`${option}\`)` : ''}, got more at offset ${place(stream.next_in)}`,
      );
    parts.push(part.subarray(0, stream.next_out));
    if (status === Z_STREAM_END) return { bytes: concatBytes(parts), end: stream.next_in };
    if (status !== Z_OK || (stream.avail_in === 0 && stream.avail_out > 0)) fail(format, stream, options);
  }
}

function fail(
  format: string,
  { msg, next_in: next, avail_in: left }: ZStream,
  { op, name, start = 0, place = (offset) => offset }: InflateOptions,
): never {
  // zlib has read all four bytes of a checksum before it compares them, and one byte of anything else.
  const read = /^incorrect (data|length) check$/.test(msg) ? 4 : 1;
  const got = msg
    ? `corrupt data (${msg}) at offset ${place(Math.max(start, next - read))}`
    : `truncated data: the bytes end at offset ${place(next + left)}`;
  throw new FormatError(`${op}: ${name}: expected a whole ${format} stream, got ${got}`);
}

/** The parts in one array. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
