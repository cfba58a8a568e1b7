import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Bytes of a page on Linux. On machines with larger pages, such as some with ARM, the figure is too small. */
const page = 4096;

/** The resident memory of another process. Undefined if the system does not report it, as on Windows. */
export function residentMegabytes(pid: number): number | undefined {
  try {
    if (process.platform === 'linux')
      return (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * page) / 1e6;
    if (process.platform === 'darwin')
      return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1e3;
  } catch {
    // The process has ended.
  }
  return undefined;
}
