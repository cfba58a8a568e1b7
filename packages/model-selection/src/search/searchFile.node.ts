import { readFile } from 'node:fs/promises';
import { ChainruleError } from '@chainrule/errors';
import { aPath } from '@chainrule/errors/check';
import { writeAtomically } from '@chainrule/files';
import type { SearchStore } from './store.ts';

/**
 * Keeps the finished trainings of a search in a JSON file, so that a search that was stopped continues where it was, even after a
 * crash. Every write replaces the file at once.
 *
 * @param path - the path of the file; its folder is created if needed
 * @throws ChainruleError if the file cannot be read or written
 * @example
 * import { rm } from 'node:fs/promises';
 * const store = searchFile('/tmp/chainrule-search-example.json');
 * await store.save('{}');
 * await store.load(); // => {}
 * await rm('/tmp/chainrule-search-example.json');
 */
export function searchFile(path: string): SearchStore {
  aPath('searchFile', 'path', path);
  return {
    load: () =>
      readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw new ChainruleError(`searchFile: cannot read ${path}: ${error.message}`, { cause: error });
      }),
    save: (text) => writeAtomically(path, new TextEncoder().encode(text)),
  };
}
