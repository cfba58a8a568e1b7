import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A page of Linux' memory figures; larger pages, as on some ARM machines, make the figure too small. */
const page = 4096;

/** The resident memory of another process; undefined where the system does not tell, as on Windows. */
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
