/** A file in the directory of a zip archive. */
export interface ZipEntry {
  readonly file: string;
  readonly isEncrypted: boolean;
  readonly method: number;
  readonly crc: number;
  /** The number of bytes in the archive. */
  readonly packed: number;
  readonly size: number;
  /** The offset of the local header. */
  readonly start: number;
  /** The offset of the directory entry. */
  readonly at: number;
}

/** The central directory of an archive. */
interface Directory {
  readonly count: number;
  readonly start: number;
  readonly length: number;
}

export type Fail = (expectation: string, got: string, offset: number) => never;

/** The greatest values of 16 and 32 bits mean that the zip64 record has the value. */
const [in16, in32] = [0xffff, 0xffffffff];

/** Lists the files of an archive. Does not check their sizes and offsets against the content. */
export function readDirectory(bytes: Uint8Array, view: DataView, fail: Fail): ZipEntry[] {
  const { count, start, length } = findDirectory(view, fail);
  const entries: ZipEntry[] = [];
  const end = start + length;
  let at = start;
  while (entries.length < count) {
    if (at + 46 > end) fail(`${count} files in the directory`, `its end after ${entries.length}`, at);
    if (view.getUint32(at, true) !== 0x02014b50)
      fail('a directory entry 0x02014b50', hex(view.getUint32(at, true)), at);
    const extra = at + 46 + view.getUint16(at + 28, true);
    const comment = extra + view.getUint16(at + 30, true);
    const next = comment + view.getUint16(at + 32, true);
    if (next > end) fail('a whole directory entry', 'the end of the directory', at);
    entries.push({
      file: new TextDecoder().decode(bytes.slice(at + 46, extra)),
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      at,
      ...locate(view, at, extra, comment, fail),
    });
    at = next;
  }
  if (at !== end) fail(`a directory of ${length} bytes for ${count} files`, `${end - at} bytes more`, at);
  return entries;
}

/** The sizes and the offset of a file. Values that do not fit 32 bits are in an extra field, in this order. */
function locate(
  view: DataView,
  at: number,
  extra: number,
  end: number,
  fail: Fail,
): Pick<ZipEntry, 'size' | 'packed' | 'start'> {
  const found = {
    size: view.getUint32(at + 24, true),
    packed: view.getUint32(at + 20, true),
    start: view.getUint32(at + 42, true),
  };
  const wide = (['size', 'packed', 'start'] as const).filter((key) => found[key] === in32);
  if (!wide.length) return found;
  for (let field = extra; field + 4 <= end; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue;
    const fieldEnd = Math.min(end, field + 4 + view.getUint16(field + 2, true));
    for (const [i, key] of wide.entries()) {
      const value = field + 4 + 8 * i;
      if (value + 8 <= fieldEnd) found[key] = long(view, value, fail);
    }
    break;
  }
  return found;
}

/** Finds the directory through the end record. A comment, or bytes that do not belong to the archive, may follow that record. */
function findDirectory(view: DataView, fail: Fail): Directory {
  const last = view.byteLength - 22;
  let wrong: (() => never) | undefined;
  for (let at = last; at >= 0 && at >= last - in16; at--) {
    if (view.getUint32(at, true) !== 0x06054b50 || at + 22 + view.getUint16(at + 20, true) > view.byteLength) continue;
    const { count, length, start } = readEnd(view, at, fail);
    const isEmpty = count === 0 && length === 0;
    if (start + length <= at && (isEmpty || (length >= 46 && view.getUint32(start, true) === 0x02014b50)))
      return { count, length, start };
    wrong ??= () => fail(`a directory of ${length} bytes at offset ${start}`, 'other data', at + 16);
  }
  return wrong ? wrong() : fail('the end record 0x06054b50 of a zip archive', 'none', view.byteLength);
}

function readEnd(view: DataView, at: number, fail: Fail): Directory {
  const [count, length, start] = [
    view.getUint16(at + 10, true),
    view.getUint32(at + 12, true),
    view.getUint32(at + 16, true),
  ];
  if (
    view.getUint16(at + 4, true) % in16 !== 0 ||
    view.getUint16(at + 6, true) % in16 !== 0 ||
    view.getUint16(at + 8, true) !== count
  )
    fail('an archive in one part', 'one in several parts', at + 4);
  if (count !== in16 && length !== in32 && start !== in32) return { count, length, start };
  const locator = at - 20;
  if (locator < 0 || view.getUint32(locator, true) !== 0x07064b50) return { count, length, start };
  const record = long(view, locator + 8, fail);
  if (record + 56 > locator || view.getUint32(record, true) !== 0x06064b50)
    fail('the zip64 end record 0x06064b50', 'something else', Math.min(record, view.byteLength));
  return {
    count: long(view, record + 32, fail),
    length: long(view, record + 40, fail),
    start: long(view, record + 48, fail),
  };
}

function long(view: DataView, at: number, fail: Fail): number {
  const value = view.getBigUint64(at, true);
  return value <= Number.MAX_SAFE_INTEGER ? Number(value) : fail('a size below 2^53', String(value), at);
}

export function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}
