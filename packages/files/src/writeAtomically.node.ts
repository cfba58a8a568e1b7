import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ChainruleError } from '@chainrule/errors';
import { aPath, checkThat } from '@chainrule/errors/check';
import { draftOf, removeDeadDrafts } from './drafts.node.ts';
import { realPath } from './realPath.node.ts';
import { removeOnExit } from './removeOnExit.node.ts';

/**
 * Writes a file under a temporary name, syncs it, and renames it. Readers find either the old file or the new one, even
 * after a crash, on a full disk, or if several processes write at once. Creates the folder if necessary, and removes drafts
 * of processes that have ended.
 *
 * @param path - the path of the file. If it is a symbolic link, its target is replaced
 * @param bytes - the content of the file
 * @throws ChainruleError if the file cannot be written; the old file is then unchanged
 * @example
 * import { mkdtemp, rm } from 'node:fs/promises';
 * const folder = await mkdtemp('/tmp/file-');
 * await writeAtomically(`${folder}/deep/down.bin`, new Uint8Array([1, 2]));
 * await rm(folder, { recursive: true });
 */
export async function writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
  aPath('writeAtomically', 'path', path);
  someBytes('writeAtomically', 'bytes', bytes);
  const file = realPath(path);
  const folder = dirname(file);
  const draft = draftOf(file);
  const ended = removeOnExit(draft);
  try {
    await mkdir(folder, { recursive: true });
    await removeDeadDrafts(folder);
    const handle = await open(draft, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
    await syncFolder(folder);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw new ChainruleError(`save: cannot write ${file}: ${(error as Error).message}; the old file is unchanged`, {
      cause: error,
    });
  } finally {
    ended();
  }
}

const someBytes = /* @__PURE__ */ checkThat('a Uint8Array', (value) => value instanceof Uint8Array);

/** Syncs the folder, so that the rename survives a crash, if the system supports it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
