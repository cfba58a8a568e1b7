import { FormatError } from '@chainrule/errors';
import { Z_NO_FLUSH, Z_OK, Z_STREAM_END, zlibInflate, zlibInflateInit2, ZStream } from 'pako';

/** zlib's `windowBits` of each format: 16 is added for gzip; a negative value means no wrapper. */
const windowBits = { gzip: 31, zlib: 15, deflate: -15 } as const;
const [smallestPart, largestPart] = [2 ** 12, 2 ** 20];

/** What to unpack, and its name in error messages. */
interface InflateOptions {
  readonly op: string;
  readonly name: string;
  /** The greatest number of unpacked bytes. */
  readonly maxBytes: number;
  /** The option that sets `maxBytes`, for messages. */
  readonly option?: string;
  /** The offset at which the stream starts; by default 0. */
  readonly start?: number;
  /** Maps an offset in `bytes` to an offset in the file; by default the identity. */
  readonly place?: (offset: number) => number;
}

/** The unpacked content of a stream. */
export interface Inflated {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The offset of the first byte after the stream. */
  readonly end: number;
}

/**
 * Unpacks one compressed stream and stops as soon as it exceeds `maxBytes`. Bytes may follow the stream.
 *
 * Source: RFC 1950 to 1952; unpacked by pako, a port of zlib that tells where a stream ends. `DecompressionStream` does not
 * tell that, and platforms treat the bytes after a stream in different ways.
 *
 * @throws FormatError if the stream is truncated or corrupt, or exceeds `maxBytes`; the message has the offset
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
  // zlib compares a checksum after it has read all four bytes, and any other field byte by byte.
  const read = /^incorrect (data|length) check$/.test(msg) ? 4 : 1;
  const got = msg
    ? `corrupt data (${msg}) at offset ${place(Math.max(start, next - read))}`
    : `truncated data: the bytes end at offset ${place(next + left)}`;
  throw new FormatError(`${op}: ${name}: expected a whole ${format} stream, got ${got}`);
}

/** Concatenates arrays. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
