import { rmSync } from 'node:fs';
import process from 'node:process';

/** Files that are in the making. */
const unfinished = new Set<string>();

/**
 * Removes a file if the process exits before the work on it has ended, as by `process.exit` in a listener for Ctrl-C. After a
 * signal without a listener or a crash nothing can run; other processes then remove what was left.
 *
 * @returns a function to call when the work has ended
 */
export function removeOnExit(path: string): () => void {
  if (unfinished.size === 0) process.on('exit', removeAll);
  unfinished.add(path);
  return () => {
    unfinished.delete(path);
    if (unfinished.size === 0) process.off('exit', removeAll);
  };
}

function removeAll(): void {
  for (const path of unfinished) rmSync(path, { force: true });
}
