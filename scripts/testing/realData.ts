import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './copyPackages.ts';

const folders = [join(root, 'shared', 'data'), join(root, '..', 'shared', 'data')];

/** The folder of real data files, in the repository or beside it. Git does not track these files, so they may be missing. */
export const realDataDir: string = folders.find((folder) => existsSync(folder)) ?? folders[0]!;

/** Whether a real file or folder exists. If not, reports the number of tests to skip. */
export function hasRealData(path: string, tests: number): boolean {
  const exists = existsSync(join(realDataDir, path));
  if (!exists) process.stderr.write(`skipped ${tests} tests, because ${join(realDataDir, path)} does not exist\n`);
  return exists;
}

/** Reads a real file. */
export function readRealData(path: string): Uint8Array {
  return readFileSync(join(realDataDir, path));
}
