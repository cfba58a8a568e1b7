import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ChainruleError } from '@chainrule/errors';
import { aFunction, aPath, checkThat, optional } from '@chainrule/errors/check';
import { draftOf } from './drafts.node.ts';
import { hasEnded, self } from './owner.node.ts';
import { realPath } from './realPath.node.ts';
import { removeOnExit } from './removeOnExit.node.ts';

/** The interval in milliseconds at which the owner touches its lock. */
const heartbeat = 2000;
/** The age in milliseconds at which an untouched lock counts as abandoned. */
const staleAfter = 20_000;
const pollEvery = 50;

/** The last waiting work for each lock in this process. */
const queues = new Map<string, Promise<unknown>>();

/**
 * Runs `work` under a lock. No other work with the same lock runs at the same time, neither in this process nor in others
 * that share the folder. Calls in this process run in order. Takes over the lock of a process that has ended.
 *
 * @param path - the path of the lock, a small file that exists while `work` runs. Its folder is created if necessary.
 *   Symbolic links to the same file are the same lock
 * @param work - an async function
 * @param signal - stops waiting for the lock and throws its reason
 * @returns the result of `work`
 * @throws ChainruleError if the lock cannot be written, or `path` is a folder or another file; also any error of `work`
 * @example
 * import { mkdtemp, rm } from 'node:fs/promises';
 * const folder = await mkdtemp('/tmp/lock-');
 * const [a, b] = await Promise.all([1, 2].map((n) => withLock(`${folder}/lock`, async () => n)));
 * await rm(folder, { recursive: true });
 * [a, b]; // => 1,2
 */
export async function withLock<T>(path: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  aPath('withLock', 'path', path);
  aFunction('withLock', 'work', work);
  optional(aSignal)('withLock', 'signal', signal);
  const key = realPath(path);
  const turn = async (): Promise<T> => {
    signal?.throwIfAborted();
    return underFile(key, work, signal);
  };
  const before = queues.get(key) ?? Promise.resolve();
  const run = before.then(turn, turn);
  queues.set(key, run);
  try {
    return await run;
  } finally {
    if (queues.get(key) === run) queues.delete(key);
  }
}

const aSignal = /* @__PURE__ */ checkThat('an AbortSignal', (value) => value instanceof AbortSignal);

/** The start of every lock file; a lock file is empty while it is written. Other files are never removed. */
const opening = /^$|^\{"(host|pid)":/;

async function underFile<T>(path: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const mine = JSON.stringify({ ...self, id: randomUUID() });
  while (!(await create(path, mine))) {
    const seen = await content(path);
    if (!opening.test(seen))
      throw new ChainruleError(`lock: \`path\` must be a lock or a new file, got another file at ${path}`);
    if (await isStale(path, seen)) await remove(path, seen);
    else await wait(pollEvery, undefined, signal && { signal }).catch(() => signal?.throwIfAborted());
  }
  const timer = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), heartbeat);
  timer.unref();
  const ended = removeOnExit(path);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    ended();
    await remove(path, mine);
  }
}

async function create(path: string, mine: string): Promise<boolean> {
  const failed = await mkdir(dirname(path), { recursive: true }).then(
    () => undefined,
    (error: unknown) => error as Error,
  );
  try {
    if (failed) throw failed;
    await writeFile(path, mine, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error !== failed && (error as NodeJS.ErrnoException).code === 'EEXIST') {
      if (await isFolder(path)) throw new ChainruleError(`lock: \`path\` must be a file, got the folder ${path}`);
      return false;
    }
    throw new ChainruleError(`lock: cannot write ${path}: ${(error as Error).message}`, { cause: error });
  }
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function isStale(path: string, seen: string): Promise<boolean> {
  const age = await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  if (age > staleAfter) return true;
  try {
    return hasEnded(JSON.parse(seen) as { host: string; pid: number });
  } catch {
    return false; // another process is writing it
  }
}

/**
 * Removes the lock if its content is still `seen`. Renames it first, so that only one process removes it. If another process
 * has acquired it meanwhile, restores its lock.
 */
async function remove(path: string, seen: string): Promise<void> {
  const taken = draftOf(path);
  try {
    await rename(path, taken);
  } catch {
    return; // another process removed it
  }
  if ((await content(taken)) !== seen) await link(taken, path).catch(() => undefined);
  await rm(taken, { force: true });
}

function content(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
