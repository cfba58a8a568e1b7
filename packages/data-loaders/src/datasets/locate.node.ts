import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MissingDataError, showValue } from '@chainrule/errors';
import { download, type TransferOptions } from '../download/download.node.ts';
import type { NamedBytes } from './readMnist.ts';

/** Options of every named data set. */
export interface DataSetOptions extends TransferOptions {
  /** The folder that holds the files, itself or in a folder of the set's name; then nothing is downloaded. */
  readonly dataDir?: string;
  /** Addresses of folders that hold the files under their own names, to be used in place of the known ones. */
  readonly mirrors?: readonly string[];
}

/** A file that is to be had somewhere. */
export interface RemoteFile {
  readonly file: string;
  readonly sha256: string;
  /** Addresses of folders, or of the file itself where they do not end in a slash. */
  readonly from: readonly string[];
}

/** The files of a set, from one folder of `dataDir`, or downloaded. */
export async function locate(set: { readonly op: string; readonly folder: string; readonly hint?: string }, files: readonly RemoteFile[], options: DataSetOptions): Promise<NamedBytes[]> {
  const { dataDir, mirrors, ...transfer } = options;
  if (dataDir === undefined) {
    const found: NamedBytes[] = [];
    for (const { file, sha256, from } of files) {
      const urls = (mirrors?.map((mirror) => `${mirror.replace(/\/$/, '')}/`) ?? from).map((url) => (url.endsWith('/') ? url + file : url));
      const path = await download({ ...transfer, urls, sha256, file: join(set.folder, file) });
      found.push({ name: path, bytes: await readFile(path) });
    }
    return found;
  }
  const names = files.map(({ file }) => file.replace(/\.gz$/, ''));
  const found = await findFiles([dataDir, join(dataDir, set.folder)], names);
  if (found) return found;
  const isPacked = files.some(({ file }) => file.endsWith('.gz'));
  const wanted = `${names.join(' and ')}${isPacked ? `,${names.length > 1 ? ' each' : ''} plain or with .gz,` : ''}`;
  throw new MissingDataError(
    `${set.op}: expected ${wanted} in \`dataDir\` ${showValue(dataDir)} or its folder ${showValue(set.folder)}, ` +
      `got none${names.length > 1 ? ' or not all of them' : ''}; leave \`dataDir\` out to download${set.hint ? `, or ${set.hint}` : ''}`,
  );
}

/** All files, plain or packed, from the first of the folders that has all. */
export async function findFiles(folders: readonly string[], names: readonly string[]): Promise<NamedBytes[] | undefined> {
  for (const folder of folders) {
    const found = await Promise.all(names.map((name) => find(folder, name)));
    if (found.every((file) => file !== undefined)) return found;
  }
  return undefined;
}

async function find(folder: string, name: string): Promise<NamedBytes | undefined> {
  for (const path of [join(folder, name), join(folder, `${name}.gz`)]) {
    try {
      return { name: path, bytes: await readFile(path) };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    }
  }
  return undefined;
}
