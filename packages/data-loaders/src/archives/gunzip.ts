import { FormatError } from '@chainrule/errors';
import { aString, checkOptions, type Checks } from '@chainrule/errors/check';
import { checkBytes, fromZero } from '../checks.ts';
import { concatBytes, inflate } from './inflate.ts';

/** Options of {@link gunzip}. */
export interface GunzipOptions {
  /** The name of the bytes in error messages, such as a file name; by default `bytes`. */
  readonly name?: string;
  /** The greatest number of unpacked bytes; by default 1 GiB. Unpacking stops as soon as it exceeds the limit. */
  readonly maxBytes?: number;
}

const gunzipChecks: Checks<GunzipOptions> = { name: aString, maxBytes: fromZero };

/**
 * Unpacks gzip data. The data may consist of several members, as `bgzip` and `cat` write them, and zeros may follow the
 * last one.
 *
 * Source: RFC 1952.
 *
 * @returns the contents of all members in one array
 * @throws FormatError if the bytes are truncated or corrupt, if anything except zeros follows the last member, or if they
 * unpack to more than `maxBytes`; the message has the offset
 * @throws OptionError if `maxBytes` is not an integer of at least 0
 * @example
 * const packed = new Response('seven').body!.pipeThrough(new CompressionStream('gzip'));
 * const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
 * new TextDecoder().decode(await gunzip(bytes)); // => seven
 */
export async function gunzip(bytes: Uint8Array, options: GunzipOptions = {}): Promise<Uint8Array> {
  checkBytes('gunzip', bytes);
  checkOptions('gunzip', options, gunzipChecks);
  const { name = 'bytes', maxBytes = 2 ** 30 } = options;
  if (!isGzip(bytes, 0)) {
    const start = [...bytes.subarray(0, 2)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    throw new FormatError(`gunzip: ${name}: expected 0x1f8b, got ${start ? `0x${start}` : 'no bytes'} at offset 0`);
  }
  const parts: Uint8Array[] = [];
  let [start, size] = [0, 0];
  do {
    const member = inflate('gzip', bytes, { op: 'gunzip', name, maxBytes: maxBytes - size, option: 'maxBytes', start });
    parts.push(member.bytes);
    size += member.bytes.length;
    start = member.end;
  } while (isGzip(bytes, start));
  const junk = bytes.subarray(start).findIndex((byte) => byte !== 0);
  if (junk >= 0)
    throw new FormatError(
      `gunzip: ${name}: expected another gzip member or zeros after the last one, got 0x${bytes[start + junk]!.toString(16).padStart(2, '0')} at offset ${start + junk}`,
    );
  return Promise.resolve(parts.length === 1 ? parts[0]! : concatBytes(parts));
}

/**
 * Unpacks gzip data. Returns any other bytes as they are, without a copy.
 *
 * @throws FormatError as {@link gunzip} does
 * @example
 * await maybeGunzip(Uint8Array.of(1, 2)); // => 1,2
 */
export async function maybeGunzip(bytes: Uint8Array, options: GunzipOptions = {}): Promise<Uint8Array> {
  checkBytes('maybeGunzip', bytes);
  checkOptions('maybeGunzip', options, gunzipChecks);
  return isGzip(bytes, 0) ? gunzip(bytes, options) : bytes;
}

function isGzip(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x1f && bytes[at + 1] === 0x8b;
}
