import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MissingDataError, showValue } from '@chainrule/errors';
import { aString, type Check, checkOptions, type Checks, oneOf } from '@chainrule/errors/check';
import { strings } from '../checks.ts';
import { download, type TransferOptions, transferChecks } from '../download/download.node.ts';
import type { NamedBytes } from './readMnist.ts';

/** Options of every named data set. */
export interface DataSetOptions extends TransferOptions {
  /** The folder with the files, or with a folder of the set's name that has them. Without it, the files are downloaded. */
  readonly dataDir?: string;
  /** URLs of folders with the same files, to use instead of the known ones. */
  readonly mirrors?: readonly string[];
}

export const dataSetChecks: Checks<DataSetOptions> = { ...transferChecks, dataDir: aString, mirrors: strings };
export const aSplit: Check = oneOf('train', 'test');

/** A file on a server. */
export interface RemoteFile {
  readonly file: string;
  readonly sha256: string;
  /** URLs of folders, which end in a slash, or of the file itself. */
  readonly from: readonly string[];
}

/** A data set and its folders. */
interface DataSet {
  readonly op: string;
  /** The folder of the set, in `dataDir` and in the cache. */
  readonly folder: string;
  /** Other folders in `dataDir`, as other libraries name them. */
  readonly others?: readonly string[];
  readonly hint?: string;
}

/** Reads the files of a set from one folder of `dataDir`, or downloads them. */
export async function locate(
  set: DataSet,
  files: readonly RemoteFile[],
  options: DataSetOptions,
): Promise<NamedBytes[]> {
  checkOptions(set.op, options, dataSetChecks);
  const { dataDir, mirrors, ...transfer } = options;
  if (dataDir === undefined) {
    const found: NamedBytes[] = [];
    for (const { file, sha256, from } of files) {
      const urls = (mirrors?.map((mirror) => `${mirror.replace(/\/$/, '')}/`) ?? from).map((url) =>
        url.endsWith('/') ? url + file : url,
      );
      const path = await download({ ...transfer, urls, sha256, file: join(set.folder, file) });
      found.push({ name: path, bytes: await readFile(path) });
    }
    return found;
  }
  const names = files.map(({ file }) => file.replace(/\.gz$/, ''));
  const found = await findFiles(
    set.op,
    [dataDir, ...[set.folder, ...(set.others ?? [])].map((folder) => join(dataDir, folder))],
    names,
  );
  if (found) return found;
  const isPacked = files.some(({ file }) => file.endsWith('.gz'));
  const wanted = `${names.join(' and ')}${isPacked ? `,${names.length > 1 ? ' each' : ''} plain or with .gz,` : ''}`;
  throw new MissingDataError(
    `${set.op}: expected ${wanted} in \`dataDir\` ${showValue(dataDir)} or its folder ${showValue(set.folder)}, ` +
      `got none${names.length > 1 ? ' or not all of them' : ''}; omit \`dataDir\` to download${set.hint ? `, or ${set.hint}` : ''}`,
  );
}

/** Reads all files, plain or packed, from the first folder that has all of them. */
export async function findFiles(
  op: string,
  folders: readonly string[],
  names: readonly string[],
): Promise<NamedBytes[] | undefined> {
  for (const folder of folders) {
    const found = await Promise.all(names.map((name) => find(op, folder, name)));
    if (found.every((file) => file !== undefined)) return found;
  }
  return undefined;
}

/** Finds a file under the names in use: with a dot before `idx`, packed, or in a folder of its own name. */
async function find(op: string, folder: string, name: string): Promise<NamedBytes | undefined> {
  const names = [...new Set([name, name.replace(/-(idx\d-ubyte)$/, '.$1')])].flatMap((plain) => [plain, `${plain}.gz`]);
  let problem: MissingDataError | undefined;
  for (const path of names.flatMap((file) => [join(folder, file), join(folder, file, file)])) {
    try {
      return { name: path, bytes: await readFile(path) };
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === 'EISDIR')
        problem ??= new MissingDataError(`${op}: expected a file ${path}, got a folder without such a file`, {
          cause,
        });
      else if (code === 'EACCES')
        throw new MissingDataError(`${op}: expected a file ${path}, got no permission to read it`, { cause });
      else if (code !== 'ENOENT' && code !== 'ENOTDIR') throw cause;
    }
  }
  if (problem) throw problem;
  return undefined;
}
