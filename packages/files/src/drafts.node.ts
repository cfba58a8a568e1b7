import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { aPath } from '@chainrule/errors/check';
import { hasEnded, self } from './owner.node.ts';

/** FILE.HOST-PID-UUID.tmp. Drafts of older releases lack the host and the process id. */
const draftName =
  /\.(?:([A-Za-z0-9]{1,32})-(\d{1,10})-)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.tmp$/;

/** The age in milliseconds at which the writer of a draft is assumed dead: one day. */
const oldest = 24 * 3600 * 1000;

/** A new name beside `file`, with the host and the process id. */
export function draftOf(file: string): string {
  return `${file}.${self.host}-${self.pid}-${randomUUID()}.tmp`;
}

/**
 * Removes drafts whose writers have ended from a folder. For a writer on this machine, checks its process id; a writer on
 * another machine counts as ended after a day. Does nothing if the folder cannot be read.
 *
 * @param folder - the folder, without subfolders
 * @example
 * import { mkdtemp, rm } from 'node:fs/promises';
 * const folder = await mkdtemp('/tmp/drafts-');
 * await removeDeadDrafts(folder);
 * await rm(folder, { recursive: true });
 */
export async function removeDeadDrafts(folder: string): Promise<void> {
  aPath('removeDeadDrafts', 'folder', folder);
  const names = await readdir(folder).catch((): string[] => []);
  await Promise.all(
    names.map(async (name) => {
      const draft = draftName.exec(name);
      if (draft && (await isDead(join(folder, name), draft)))
        await rm(join(folder, name), { force: true }).catch(() => undefined);
    }),
  );
}

async function isDead(file: string, [, host, pid]: RegExpExecArray): Promise<boolean> {
  if (host && pid && hasEnded({ host, pid: Number(pid) })) return true;
  return stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > oldest,
    () => false,
  );
}
