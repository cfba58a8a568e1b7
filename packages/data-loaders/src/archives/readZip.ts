import { FormatError } from '@chainrule/errors';
import { aFunction, aString, checkOptions, type Checks } from '@chainrule/errors/check';
import { checkBytes, fromZero } from '../checks.ts';
import { crc32 } from './crc32.ts';
import { inflate } from './inflate.ts';
import { type Fail, hex, readDirectory, type ZipEntry } from './zipDirectory.ts';

/** Options of {@link readZip}. */
export interface ReadZipOptions {
  /** The name of the bytes in error messages, such as a file name; by default `bytes`. */
  readonly name?: string;
  /** The greatest number of unpacked bytes in total; by default 1 GiB. Unpacking stops as soon as it exceeds the limit. */
  readonly maxBytes?: number;
  /** Selects the files to unpack; by default all. */
  readonly only?: (file: string) => boolean;
}

export const zipChecks: Checks<ReadZipOptions> = { name: aString, maxBytes: fromZero, only: aFunction };

/**
 * Unpacks the files of a zip archive. Supports stored and deflated files, and zip64. Throws if sizes or checksums in the
 * directory differ from the content, or if files share bytes, as in zip bombs. Do not use the names of the files as paths:
 * they come from the archive and may point anywhere.
 *
 * Source: PKWARE, APPNOTE.TXT 6.3.10.
 *
 * @returns the bytes of each file by name, in the order of the directory, without folders
 * @throws FormatError if the archive is truncated or corrupt, has several parts, or unpacks to more than `maxBytes`, or if a
 * file is encrypted or compressed by another method; the message has the offset
 * @throws OptionError if `maxBytes` is not an integer of at least 0
 * @example
 * const bytes = Uint8Array.from([0x50, 0x4b, 5, 6, ...new Uint8Array(18)]);
 * (await readZip(bytes)).size; // => 0
 */
export async function readZip(bytes: Uint8Array, options: ReadZipOptions = {}): Promise<Map<string, Uint8Array>> {
  checkBytes('readZip', bytes);
  checkOptions('readZip', options, zipChecks);
  const { name = 'bytes', maxBytes = 2 ** 30, only = () => true } = options;
  const fail: Fail = (expectation, got, offset) => {
    throw new FormatError(`readZip: ${name}: expected ${expectation}, got ${got} at offset ${offset}`);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readDirectory(bytes, view, fail);
  const ends = endsOf(entries, bytes.length);
  const files = new Map<string, Uint8Array>();
  let left = maxBytes;
  for (const entry of entries) {
    if (entry.file.endsWith('/') || !only(entry.file)) continue;
    const quoted = JSON.stringify(entry.file);
    if (files.has(entry.file)) fail('unique file names', `${quoted} twice`, entry.at);
    if (entry.size > left)
      fail(`at most ${maxBytes} unpacked bytes (\`maxBytes\`)`, `${entry.size} more for ${quoted}`, entry.at + 24);
    left -= entry.size;
    files.set(entry.file, unpack({ bytes, view, name: `${name}: ${quoted}`, fail }, entry, ends.get(entry)!));
  }
  return Promise.resolve(files);
}

/** The greatest possible end of each file: the start of the next one. */
function endsOf(entries: readonly ZipEntry[], length: number): Map<ZipEntry, number> {
  const inOrder = [...entries].sort((a, b) => a.start - b.start);
  return new Map(inOrder.map((entry, i) => [entry, inOrder[i + 1]?.start ?? length]));
}

interface Archive {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly name: string;
  readonly fail: Fail;
}

function unpack({ bytes, view, name, fail }: Archive, entry: ZipEntry, end: number): Uint8Array {
  const { start, packed, size, method, crc, at } = entry;
  const quoted = JSON.stringify(entry.file);
  if (entry.isEncrypted) fail('unencrypted files', `${quoted} encrypted`, at + 8);
  if (start + 30 > bytes.length)
    fail(`a header of 30 bytes for ${quoted}`, 'the end of the data', Math.min(start, bytes.length));
  if (view.getUint32(start, true) !== 0x04034b50)
    fail(`a header 0x04034b50 for ${quoted}`, hex(view.getUint32(start, true)), start);
  const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  if (from + packed > bytes.length) fail(`${packed} bytes for ${quoted}`, 'the end of the data', bytes.length);
  if (from + packed > end) fail(`${packed} unshared bytes for ${quoted}`, 'another file', end);
  if (method !== 0 && method !== 8) fail(`${quoted} stored or deflated`, `method ${method}`, at + 10);
  const data = bytes.subarray(0, from + packed);
  // A copy does not keep the archive in memory.
  const whole =
    method === 0
      ? new Uint8Array(data.subarray(from))
      : inflate('deflate', data, { op: 'readZip', name, maxBytes: size, start: from }).bytes;
  if (whole.length !== size) fail(`${size} bytes in ${quoted}`, String(whole.length), at + 24);
  if (crc32(whole) !== crc) fail(`the checksum ${hex(crc)} for ${quoted}`, hex(crc32(whole)), at + 16);
  return whole;
}
