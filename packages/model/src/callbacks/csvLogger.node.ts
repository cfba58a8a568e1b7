import { appendFile, mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FormatError } from '@chainrule/errors';
import { aBoolean, aPath, aString, checkOptions } from '@chainrule/errors/check';
import type { Callbacks, EpochLogs } from './callbacks.ts';

/** How {@link csvLogger} writes. */
export interface CsvLoggerOptions {
  /** Continue a file that exists, without another header. Default false: begin the file anew. */
  readonly append?: boolean;
  /** Between columns. Default ','. */
  readonly separator?: string;
}

/**
 * Writes the logs of each epoch as a line of a CSV file, as Keras' CSVLogger. The first line names the columns. Each line is
 * on disk before the next epoch begins. With `append`, a last line that was cut off by a crash is removed.
 *
 * @param file - the file; its folder is created if it does not exist
 * @param options - `append` (false), `separator` (',')
 * @throws FormatError if a file to continue has other columns
 * @example
 * const { mkdtemp, readFile, rm } = await import('node:fs/promises');
 * const folder = await mkdtemp('/tmp/log-');
 * const trainer = sequential(input([1]), dense(1)).compile({ optimizer: sgd(), loss: meanSquaredError });
 * const line = { x: tensor([[0], [1]]), y: tensor([[1], [3]]) };
 * await trainer.fit(line, { epochs: 3, callbacks: [csvLogger(`${folder}/log.csv`)] });
 * const lines = (await readFile(`${folder}/log.csv`, 'utf8')).split('\n');
 * await rm(folder, { recursive: true });
 * [lines[0], lines.length]; // => epoch,loss,5
 */
export function csvLogger(file: string, options: CsvLoggerOptions = {}): Callbacks {
  aPath('csvLogger', 'file', file);
  checkOptions('csvLogger', options, { append: aBoolean, separator: aString });
  const { append = false, separator = ',' } = options;
  let header: string | undefined;
  return {
    name: 'csvLogger',
    async onTrainBegin() {
      header = undefined;
      await mkdir(dirname(file), { recursive: true });
      if (append) header = await headerOf(file);
      else await writeFile(file, '');
    },
    async onEpochEnd(logs) {
      const names = columnsOf(logs).join(separator);
      if (header !== undefined && header !== names)
        throw new FormatError(`csvLogger: ${file}: must have the columns ${names}, got ${header}; use another file`);
      const line = columnsOf(logs)
        .map((name) => String(logs[name]))
        .join(separator);
      await appendFile(file, header === undefined ? `${names}\n${line}\n` : `${line}\n`);
      header = names;
    },
  };
}

function columnsOf(logs: EpochLogs): string[] {
  return ['epoch', ...Object.keys(logs).filter((name) => name !== 'epoch')];
}

/** The first line of a file to continue; undefined without one. Removes an incomplete last line. */
async function headerOf(file: string): Promise<string | undefined> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return new Uint8Array();
  });
  const end = bytes.lastIndexOf(10) + 1;
  if (end < bytes.length) await truncate(file, end);
  return end === 0 ? undefined : new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(10)));
}
