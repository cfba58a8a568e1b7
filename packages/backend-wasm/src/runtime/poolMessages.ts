/** Explains why a pool has fewer threads than requested: workers cannot start, or memory cannot be shared. */
export function cannotStart(reason: string): string {
  return (
    `backend-wasm: helper threads cannot start (${reason}), programs run on the caller's thread alone; where a content security policy forbids workers from strings, ` +
    'serve `workerSource` as a file and pass `createWorker: () => new Worker("/that/file.js")`, and otherwise ask for one thread'
  );
}

export function unshared(): string {
  return (
    'backend-wasm: programs run on one thread, because memory cannot be shared here; a page needs cross-origin isolation: serve it with the headers ' +
    '`Cross-Origin-Opener-Policy: same-origin` and `Cross-Origin-Embedder-Policy: require-corp`'
  );
}

/** A helper that ended, threw, or made no progress. */
export function helperLost(reason: string): string {
  return `backend-wasm: a helper thread was lost (${reason}); programs continue on the other threads, with the same results; make a new backend to get it back`;
}
