import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ChainruleError } from '@chainrule/errors';

/**
 * Writes a file beside its place, syncs it and moves it there: whoever reads finds the former file or the new one, also
 * after a crash, on a full disk, or where several save at once. Makes the folder if need be.
 *
 * @throws ChainruleError that says what the system said
 */
export async function writeAtomically(file: string, bytes: Uint8Array): Promise<void> {
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(draft, 'w');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
    await syncFolder(dirname(file));
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw new ChainruleError(`save: cannot write ${file}: ${(error as Error).message}; what was there before is as it was`);
  }
}

/** Makes the move itself durable, where the system can. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
