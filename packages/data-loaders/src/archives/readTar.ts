import { FormatError } from '@chainrule/errors';
import { aString, checkOptions } from '@chainrule/errors/check';
import { checkBytes } from '../checks.ts';

/** Options of {@link readTar}. */
export interface ReadTarOptions {
  /** What messages call the bytes, such as the file's name; by default `bytes`. */
  readonly name?: string;
}

type Fail = (expectation: string, got: string, offset: number) => never;

const block = 512;

/**
 * Finds the files in a tar archive. A file's name is given as it stands there: it may be anything, so do not use it as
 * a path. Links and other special files are left out.
 *
 * Source: POSIX.1-2017, `pax`, "ustar Interchange Format" and "pax Extended Header"; GNU's long names.
 *
 * @returns the bytes of each file by its name, views of `bytes`; the last wins where a name comes twice
 * @throws FormatError when the archive is truncated or a header's checksum is wrong
 * @example
 * readTar(new Uint8Array(1024)).size; // => 0
 */
export function readTar(bytes: Uint8Array, options: ReadTarOptions = {}): Map<string, Uint8Array> {
  checkBytes('readTar', bytes);
  checkOptions('readTar', options, { name: aString });
  const { name = 'bytes' } = options;
  const fail: Fail = (expectation, got, offset) => {
    throw new FormatError(`readTar: ${name}: expected ${expectation}, got ${got} at offset ${offset}`);
  };
  const files = new Map<string, Uint8Array>();
  let longName: string | undefined;
  let at = 0;
  for (;;) {
    if (at + block > bytes.length) return fail('a block of zeros at the end', 'the end of the bytes', at);
    const header = bytes.subarray(at, at + block);
    if (header.every((byte) => byte === 0)) return files;
    if (checksum(header) !== octal(header, 148, 8, at, fail))
      fail(`the checksum ${checksum(header)} in a header`, text(header, 148, 8), at + 148);
    const size = octal(header, 124, 12, at, fail);
    const next = at + block + Math.ceil(size / block) * block;
    if (next > bytes.length)
      fail(`${size} bytes for ${JSON.stringify(text(header, 0, 100))}`, 'the end of the bytes', at + block);
    const content = bytes.subarray(at + block, at + block + size);
    const kind = String.fromCharCode(header[156]!);
    if (kind === 'L') longName = text(content, 0, size);
    else if (kind === 'x') longName = paxPath(content) ?? longName;
    else if (!'gK'.includes(kind)) {
      if ('0\0'.includes(kind)) files.set(longName ?? nameOf(header), content);
      longName = undefined;
    }
    at = next;
  }
}

function text(bytes: Uint8Array, from: number, length: number): string {
  const field = bytes.slice(from, from + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.slice(0, end));
}

function nameOf(header: Uint8Array): string {
  const prefix = text(header, 257, 5) === 'ustar' ? text(header, 345, 155) : '';
  return `${prefix && `${prefix}/`}${text(header, 0, 100)}`;
}

function octal(header: Uint8Array, from: number, length: number, at: number, fail: Fail): number {
  const digits = text(header, from, length).trim();
  // GNU writes sizes from 8 GiB on in base 256; no array holds them.
  return /^[0-7]*$/.test(digits)
    ? parseInt(digits || '0', 8)
    : fail('a number in octal', JSON.stringify(digits), at + from);
}

/** The sum of the header's bytes, with blanks for the checksum itself. */
function checksum(header: Uint8Array): number {
  return header.reduce((sum, byte, i) => sum + (i >= 148 && i < 156 ? 32 : byte), 0);
}

/** The name in a pax header: records `length key=value\n`. */
function paxPath(content: Uint8Array): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(new TextDecoder().decode(content.slice()))?.[1];
}
