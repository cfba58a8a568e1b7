import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { PassThrough, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FormatError, MissingDataError } from '@chainrule/errors';
import { textLines, type TextLinesOptions } from './textLines.ts';

/**
 * The lines of a file, which may be larger than the memory; of what is compressed if the name ends in `.gz`.
 *
 * @throws MissingDataError where there is no such file
 * @throws FormatError where it is not in the encoding, a line is too long, or gzip is damaged
 */
export async function* fileLines(path: string, options: TextLinesOptions = {}): AsyncGenerator<string, void> {
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  const steps = path.endsWith('.gz') ? [file, createGunzip(), new PassThrough()] : [file, new PassThrough()];
  const done = pipeline(steps);
  // Whoever reads the last stream sees its error.
  done.catch(() => undefined);
  try {
    yield* textLines(steps.at(-1) as Readable, { name: path, ...options });
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (code === 'ENOENT') throw new MissingDataError(`fileLines: ${path} must exist`, { cause: error });
    if (code.startsWith('Z_'))
      throw new FormatError(`fileLines: ${path}: expected gzip, got ${(error as Error).message}`, { cause: error });
    throw error;
  } finally {
    file.destroy();
  }
}
