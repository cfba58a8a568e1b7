import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MissingDataError } from '@chainrule/errors';
import { maybeGunzip, readText } from '@chainrule/data-loaders';

/** The text of a file, plain or gzipped, of `--data-dir` or a subfolder of it. */
export async function dataFile(task: string, dataDir: string, folder: string, name: string): Promise<string> {
  for (const path of [join(dataDir, name), join(dataDir, folder, name)].flatMap((file) => [file, `${file}.gz`])) {
    const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' || error.code === 'ENOTDIR' ? undefined : Promise.reject(error),
    );
    if (bytes) return readText(await maybeGunzip(bytes), { name: path });
  }
  throw new MissingDataError(
    `${task}: expected ${name}, plain or with .gz, in ${dataDir} or its folder ${folder}, got none; see --data-dir`,
  );
}
