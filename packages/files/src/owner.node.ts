import { hostname } from 'node:os';
import process from 'node:process';

/** This process, as locks and drafts name it: its machine, reduced to letters that file names may hold, and its number. */
export const self: { readonly host: string; readonly pid: number } = {
  host:
    hostname()
      .replace(/[^A-Za-z0-9]/g, '')
      .slice(0, 32) || 'host',
  pid: process.pid,
};

/** Whether a process of this machine is known to have ended. A process of another machine may be running. */
export function hasEnded({ host, pid }: { readonly host: string; readonly pid: number }): boolean {
  if (host !== self.host) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
