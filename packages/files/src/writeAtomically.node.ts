import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ChainruleError } from '@chainrule/errors';
import { aPath, checkThat } from '@chainrule/errors/check';
import { draftOf, removeDeadDrafts } from './drafts.node.ts';
import { realPath } from './realPath.node.ts';

/**
 * Writes a file beside its place, syncs it and moves it there. Readers find the old file or the new one, also after a crash,
 * on a full disk, or if several processes write at once. Makes the folder if needed, and removes the drafts that killed
 * processes left in it.
 *
 * @param path - of the file; a symbolic link stays, and the file that it leads to is replaced
 * @param bytes - its whole content
 * @throws ChainruleError with the system's message; the old file is unchanged then
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
  }
}

const someBytes = /* @__PURE__ */ checkThat('a Uint8Array', (value) => value instanceof Uint8Array);

/** Makes the move itself durable, if the system can. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
