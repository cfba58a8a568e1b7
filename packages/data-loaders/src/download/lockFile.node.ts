import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import process from 'node:process';
import { pause } from './retry.ts';

const heartbeat = 2000;
/** A lock that was not touched for so long was left behind, in milliseconds. */
const staleAfter = 20_000;

/**
 * Runs `work` while no other process, on this machine or another that shares the folder, runs its own under the same
 * lock. A lock whose process has ended is taken over.
 *
 * The take-over is no proof against two processes that find the same old lock in the same millisecond; the digest of
 * what they write is.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), id: crypto.randomUUID() });
  while (!(await create(path, mine))) {
    if (await isStale(path)) {
      // Renamed first, so that only one process removes it.
      const left = `${path}.${crypto.randomUUID()}`;
      await rename(path, left).then(() => rm(left, { force: true }), () => undefined);
    } else await pause(100, signal);
  }
  const timer = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), heartbeat);
  timer.unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if ((await content(path)) === mine) await rm(path, { force: true });
  }
}

async function create(path: string, mine: string): Promise<boolean> {
  try {
    await writeFile(path, mine, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isStale(path: string): Promise<boolean> {
  const age = await stat(path).then(({ mtimeMs }) => Date.now() - mtimeMs, () => 0);
  if (age > staleAfter) return true;
  try {
    const { pid, host } = JSON.parse(await content(path)) as { pid: number; host: string };
    return host === hostname() && !isRunning(pid);
  } catch {
    // It is being written or removed.
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function content(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
