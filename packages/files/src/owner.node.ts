import { hostname } from 'node:os';
import process from 'node:process';

/** The id of this process in the names of locks and drafts: the host, reduced to letters and digits, and the process id. */
export const self: { readonly host: string; readonly pid: number } = {
  host:
    hostname()
      .replace(/[^A-Za-z0-9]/g, '')
      .slice(0, 32) || 'host',
  pid: process.pid,
};

/** Whether a process is known to have ended. A process on another machine counts as running. */
export function hasEnded({ host, pid }: { readonly host: string; readonly pid: number }): boolean {
  if (host !== self.host) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
