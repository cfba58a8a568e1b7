import { FormatError } from '@chainrule/errors';
import { checkCount } from '../checkCount.ts';
import { crc32 } from './crc32.ts';
import { concatBytes, inflate } from './inflate.ts';

/** Options of {@link readZip}. */
export interface ReadZipOptions {
  /** What messages call the bytes, such as the file's name; by default `bytes`. */
  readonly name?: string;
  /** The most bytes that may come out in all; by default 1 GiB. Reading stops as soon as there are more. */
  readonly maxBytes?: number;
  /** Which files to unpack; by default all. */
  readonly only?: (file: string) => boolean;
}

/** A file in the archive's directory. */
interface Entry {
  readonly file: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Where its local header starts. */
  readonly start: number;
}

type Fail = (expectation: string, got: string, offset: number) => never;

/**
 * Unpacks the files of a zip archive, stored or deflated, with the platform's `DecompressionStream`. The directory's
 * sizes and checksums are compared with what comes out. A file's name is given as it stands there: it may be anything,
 * so do not use it as a path.
 *
 * Source: PKWARE, APPNOTE.TXT 6.3.10.
 *
 * @returns the bytes of each file by its name, in the order of the directory; no folders
 * @throws FormatError when the archive is truncated, corrupt, encrypted, in several parts, packed in another way, of
 * more than 4 GiB, or unpacks to more than `maxBytes`
 * @example
 * const bytes = Uint8Array.from([0x50, 0x4b, 5, 6, ...new Uint8Array(18)]);
 * (await readZip(bytes)).size; // => 0
 */
export async function readZip(bytes: Uint8Array, options: ReadZipOptions = {}): Promise<Map<string, Uint8Array>> {
  const { name = 'bytes', maxBytes = 2 ** 30, only = () => true } = options;
  checkCount('readZip', 'maxBytes', maxBytes, 0);
  const fail: Fail = (expectation, got, offset) => {
    throw new FormatError(`readZip: ${name}: expected ${expectation}, got ${got} at offset ${offset}`);
  };
  const entries = readDirectory(bytes, fail).filter(({ file }) => !file.endsWith('/') && only(file));
  const files = new Map<string, Uint8Array>();
  let left = maxBytes;
  for (const entry of entries) {
    if (files.has(entry.file)) fail('each file once', `${JSON.stringify(entry.file)} again`, entry.start);
    if (entry.size > left) fail(`at most ${maxBytes} unpacked bytes (\`maxBytes\`)`, `${entry.size} more for ${JSON.stringify(entry.file)}`, entry.start);
    left -= entry.size;
    files.set(entry.file, await unpack(bytes, entry, `${name}: ${JSON.stringify(entry.file)}`, fail));
  }
  return files;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function readDirectory(bytes: Uint8Array, fail: Fail): Entry[] {
  const view = viewOf(bytes);
  const end = findEnd(view, fail);
  const [disk, count, length, start] = [view.getUint16(end + 4, true), view.getUint16(end + 10, true), view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
  if (disk !== 0 || view.getUint16(end + 6, true) !== 0 || view.getUint16(end + 8, true) !== count) fail('an archive in one part', 'one of several', end + 4);
  if (count === 0xffff || length === 0xffffffff || start === 0xffffffff) fail('fewer than 65535 files and 4 GiB', 'an archive in the zip64 format', end + 10);
  if (start + length > end) fail(`a directory of ${length} bytes`, `one that starts at ${start} and its end`, end);
  const entries: Entry[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + 46 > start + length) fail(`${count} files in the directory`, `its end after ${i}`, at);
    if (view.getUint32(at, true) !== 0x02014b50) fail('a directory entry 0x02014b50', hex(view.getUint32(at, true)), at);
    const nameBytes = view.getUint16(at + 28, true);
    const next = at + 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > start + length) fail('a whole directory entry', 'the end of the directory', at);
    if (view.getUint16(at + 8, true) & 1) fail('files that are not encrypted', 'an encrypted one', at + 8);
    entries.push({
      file: new TextDecoder().decode(bytes.slice(at + 46, at + 46 + nameBytes)),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      start: view.getUint32(at + 42, true),
    });
    at = next;
  }
  if (at !== start + length) fail(`a directory of ${length} bytes for ${count} files`, 'its end', at);
  return entries;
}

/** The end record stands before a comment that reaches to the last byte. */
function findEnd(view: DataView, fail: Fail): number {
  for (let at = view.byteLength - 22; at >= 0 && at >= view.byteLength - 22 - 0xffff; at--) {
    if (view.getUint32(at, true) === 0x06054b50 && at + 22 + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  return fail('the end record 0x06054b50 of a zip archive', 'none', view.byteLength);
}

async function unpack(bytes: Uint8Array, entry: Entry, name: string, fail: Fail): Promise<Uint8Array> {
  const { start, packed, size, method, crc } = entry;
  const view = viewOf(bytes);
  const quoted = JSON.stringify(entry.file);
  if (start + 30 > bytes.length) fail(`a header of 30 bytes for ${quoted}`, 'the end of the bytes', start);
  if (view.getUint32(start, true) !== 0x04034b50) fail(`a header 0x04034b50 for ${quoted}`, hex(view.getUint32(start, true)), start);
  const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  if (from + packed > bytes.length) fail(`${packed} bytes for ${quoted}`, 'the end of the bytes', from);
  if (method !== 0 && method !== 8) fail(`${quoted} stored or deflated`, `method ${method}`, start + 8);
  const data = bytes.subarray(from, from + packed);
  // A copy, so that what is given keeps no archive in memory.
  const whole = method === 0 ? new Uint8Array(data) : concatBytes(await inflate('deflate-raw', data, { op: 'readZip', name, maxBytes: size }));
  if (whole.length !== size) fail(`${size} bytes in ${quoted}`, String(whole.length), from);
  if (crc32(whole) !== crc) fail(`the checksum ${hex(crc)} for ${quoted}`, hex(crc32(whole)), from);
  return whole;
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}
