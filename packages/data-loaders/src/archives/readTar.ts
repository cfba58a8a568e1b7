import { FormatError } from '@chainrule/errors';
import { aString, checkOptions } from '@chainrule/errors/check';
import { checkBytes } from '../checks.ts';

/** Options of {@link readTar}. */
export interface ReadTarOptions {
  /** The name of the bytes in error messages, such as a file name; by default `bytes`. */
  readonly name?: string;
}

type Fail = (expectation: string, got: string, offset: number) => never;

const block = 512;

/**
 * Reads the files of a tar archive. Skips links and other special files. Do not use the names of the files as paths: they
 * come from the archive and may point anywhere.
 *
 * Source: POSIX.1-2017, `pax`, "ustar Interchange Format" and "pax Extended Header"; GNU's long names.
 *
 * @returns the bytes of each file by name, as views of `bytes`; the last file with a name counts
 * @throws FormatError if the archive is truncated or the checksum of a header is wrong
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
    if (at + block > bytes.length) return fail('a block of zeros at the end', 'the end of the data', at);
    const header = bytes.subarray(at, at + block);
    if (header.every((byte) => byte === 0)) return files;
    if (checksum(header) !== octal(header, 148, 8, at, fail))
      fail(`the checksum ${checksum(header)} in a header`, text(header, 148, 8), at + 148);
    const size = octal(header, 124, 12, at, fail);
    const next = at + block + Math.ceil(size / block) * block;
    if (next > bytes.length)
      fail(`${size} bytes for ${JSON.stringify(text(header, 0, 100))}`, 'the end of the data', at + block);
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
  // GNU tar writes sizes from 8 GiB on in base 256; such files do not fit an array.
  return /^[0-7]*$/.test(digits)
    ? parseInt(digits || '0', 8)
    : fail('a number in octal', JSON.stringify(digits), at + from);
}

/** The sum of the header's bytes, with the checksum field read as spaces. */
function checksum(header: Uint8Array): number {
  return header.reduce((sum, byte, i) => sum + (i >= 148 && i < 156 ? 32 : byte), 0);
}

/** The path in a pax header, which consists of records `length key=value\n`. */
function paxPath(content: Uint8Array): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(new TextDecoder().decode(content.slice()))?.[1];
}
