import { rmSync } from 'node:fs';
import process from 'node:process';

/** Files that are being written. */
const unfinished = new Set<string>();

/**
 * Removes a file if the process exits before the work on it ends, for example by `process.exit` in a listener for Ctrl-C. After
 * a crash or a signal without a listener, nothing can run; other processes then remove the file.
 *
 * @returns a function to call when the work ends
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
