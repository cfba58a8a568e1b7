import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Loads a CommonJS package from the folder into which the benchmark has installed it. */
export function requireFrom<T>(folder: string, name: string): T {
  return createRequire(join(folder, 'package.json'))(name) as T;
}

/** Loads an ES module from that folder; `file` is the path inside the package. */
export async function importFrom<T>(folder: string, name: string, file: string): Promise<T> {
  return (await import(pathToFileURL(join(folder, 'node_modules', name, file)).href)) as T;
}
