import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of real files that tests use where it exists. */
export const realDataDir: string = fileURLToPath(new URL('../../../shared/data', import.meta.url));

/** Whether the real file or folder is there; says how many tests are skipped if not. */
export function hasRealData(path: string, tests: number): boolean {
  const isThere = existsSync(`${realDataDir}/${path}`);
  if (!isThere) process.stderr.write(`skipped ${tests} tests, because there is no ${realDataDir}/${path}\n`);
  return isThere;
}

/** The bytes of a real file. */
export function readRealData(path: string): Uint8Array {
  return readFileSync(`${realDataDir}/${path}`);
}
