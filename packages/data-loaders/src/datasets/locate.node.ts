import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MissingDataError, showValue } from '@chainrule/errors';
import { aString, type Check, checkOptions, type Checks, oneOf } from '@chainrule/errors/check';
import { strings } from '../checks.ts';
import { download, type TransferOptions, transferChecks } from '../download/download.node.ts';
import type { NamedBytes } from './readMnist.ts';

/** Options of every named data set. */
export interface DataSetOptions extends TransferOptions {
  /** The folder that holds the files, itself or in a folder of the set's name; then nothing is downloaded. */
  readonly dataDir?: string;
  /** Addresses of folders that hold the files under their own names, to be used in place of the known ones. */
  readonly mirrors?: readonly string[];
}

export const dataSetChecks: Checks<DataSetOptions> = { ...transferChecks, dataDir: aString, mirrors: strings };
export const aSplit: Check = oneOf('train', 'test');

/** A file on the network. */
export interface RemoteFile {
  readonly file: string;
  readonly sha256: string;
  /** Addresses of folders, or of the file itself where they do not end in a slash. */
  readonly from: readonly string[];
}

/** The name of a data set. */
interface DataSet {
  readonly op: string;
  /** The folder of the set in `dataDir`, and in the folder of downloads. */
  readonly folder: string;
  /** Other folders in `dataDir` that hold the set, as other libraries call them. */
  readonly others?: readonly string[];
  readonly hint?: string;
}

/** The files of a set, from one folder of `dataDir`, or downloaded. */
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
      `got none${names.length > 1 ? ' or not all of them' : ''}; leave \`dataDir\` out to download${set.hint ? `, or ${set.hint}` : ''}`,
  );
}

/** All files, plain or packed, from the first of the folders that has all. */
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

/** A file under the names that sites give it: with a dot before `idx`, packed, or in a folder of its own name. */
async function find(op: string, folder: string, name: string): Promise<NamedBytes | undefined> {
  const names = [...new Set([name, name.replace(/-(idx\d-ubyte)$/, '.$1')])].flatMap((plain) => [plain, `${plain}.gz`]);
  let problem: MissingDataError | undefined;
  for (const path of names.flatMap((file) => [join(folder, file), join(folder, file, file)])) {
    try {
      return { name: path, bytes: await readFile(path) };
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === 'EISDIR')
        problem ??= new MissingDataError(`${op}: expected a file ${path}, got a folder that holds none of that name`, {
          cause,
        });
      else if (code === 'EACCES')
        throw new MissingDataError(`${op}: expected a file ${path}, got one that may not be read`, { cause });
      else if (code !== 'ENOENT' && code !== 'ENOTDIR') throw cause;
    }
  }
  if (problem) throw problem;
  return undefined;
}
