import { FormatError, OptionError, showValue } from '@chainrule/errors';
import { concatBytes, inflate } from './inflate.ts';

/** Options of {@link gunzip}. */
export interface GunzipOptions {
  /** What messages call the bytes, such as the file's name; by default `bytes`. */
  readonly name?: string;
  /** The most bytes that may come out; by default 1 GiB. Reading stops as soon as there are more. */
  readonly maxBytes?: number;
}

/** The shortest gzip stream: a header of 10 bytes, an empty block of 2, a trailer of 8. */
const shortest = 20;

/**
 * Unpacks one gzip stream with the platform's `DecompressionStream`.
 *
 * Source: RFC 1952.
 *
 * @returns the unpacked bytes
 * @throws FormatError when the bytes are truncated, corrupt, go on after the stream, or unpack to more than `maxBytes`
 * @throws OptionError when `maxBytes` is not an integer of at least 0
 * @example
 * const packed = new Response('seven').body!.pipeThrough(new CompressionStream('gzip'));
 * const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
 * new TextDecoder().decode(await gunzip(bytes)); // => seven
 */
export async function gunzip(bytes: Uint8Array, options: GunzipOptions = {}): Promise<Uint8Array> {
  const { name = 'bytes', maxBytes = 2 ** 30 } = options;
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 0) {
    throw new OptionError(`gunzip: \`maxBytes\` must be an integer of at least 0, got ${showValue(maxBytes)}`);
  }
  if (!isGzip(bytes)) {
    const start = [...bytes.subarray(0, 2)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    throw new FormatError(`gunzip: ${name}: expected 0x1f8b, got ${start ? `0x${start}` : 'no bytes'} at offset 0`);
  }
  if (bytes.length < shortest) {
    throw new FormatError(`gunzip: ${name}: expected at least ${shortest} bytes, got the end of the bytes at offset ${bytes.length}`);
  }
  const whole = concatBytes(await inflate('gzip', bytes, { op: 'gunzip', name, maxBytes }));
  await refuseTrailing(bytes, name, whole.length);
  return whole;
}

/**
 * Unpacks gzip data and passes anything else through: the same bytes, not a copy.
 *
 * @throws FormatError as {@link gunzip} does
 * @example
 * await maybeGunzip(Uint8Array.of(1, 2)); // => 1,2
 */
export async function maybeGunzip(bytes: Uint8Array, options: GunzipOptions = {}): Promise<Uint8Array> {
  return isGzip(bytes) ? gunzip(bytes, options) : bytes;
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Refuses what follows the stream, which platforms disagree on: some skip zeros and unpack a second stream. The last
 * four bytes are the unpacked size modulo 2³²; after an empty stream zeros look the same, but then there is a byte to
 * spare.
 */
async function refuseTrailing(bytes: Uint8Array, name: string, size: number): Promise<void> {
  const at = bytes.length - 4;
  const stated = new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0, true);
  const whole = stated === size % 2 ** 32;
  if (whole && (size > 0 || !(await isWhole(bytes.subarray(0, -1))))) return;
  const got = whole ? 'more bytes after its end' : `${stated}, so that bytes follow its end,`;
  throw new FormatError(`gunzip: ${name}: expected one gzip stream that ends with its size ${size}, got ${got} at offset ${at}`);
}

async function isWhole(bytes: Uint8Array): Promise<boolean> {
  return inflate('gzip', bytes, { op: 'gunzip', name: '', maxBytes: 0 }).then(
    () => true,
    () => false,
  );
}
