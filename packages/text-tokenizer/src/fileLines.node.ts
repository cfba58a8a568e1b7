import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { PassThrough, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FormatError, MissingDataError } from '@chainrule/errors';
import { aPath } from '@chainrule/errors/check';
import { textLines, type TextLinesOptions } from './textLines.ts';

/**
 * Reads a file line by line, so that it may be larger than the memory. Decompresses it if its name ends in `.gz`.
 *
 * @throws MissingDataError if the file does not exist or cannot be read
 * @throws FormatError if the file has invalid characters, too long a line, or damaged gzip data
 */
export async function* fileLines(path: string, options: TextLinesOptions = {}): AsyncGenerator<string, void> {
  aPath('fileLines', 'path', path);
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  const steps = path.endsWith('.gz') ? [file, createGunzip(), new PassThrough()] : [file, new PassThrough()];
  const done = pipeline(steps);
  // The reader of the last stream sees its error.
  done.catch(() => undefined);
  try {
    yield* textLines(steps.at(-1) as Readable, { name: path, ...options });
  } catch (error) {
    const { code = '', syscall } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new MissingDataError(`fileLines: ${path} must exist`, { cause: error });
    if (code.startsWith('Z_'))
      throw new FormatError(`fileLines: ${path}: expected gzip, got ${(error as Error).message}`, { cause: error });
    if (syscall)
      throw new MissingDataError(`fileLines: cannot read ${path}: ${(error as Error).message}`, { cause: error });
    throw error;
  } finally {
    file.destroy();
  }
}
