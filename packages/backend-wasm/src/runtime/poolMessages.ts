import { DeviceError } from '@chainrule/errors';

/** A helper that died or stalled. */
export function lost(reason: string): DeviceError {
  return new DeviceError(
    `backend-wasm: a helper thread died or stalled (${reason}), and may have left a program half done; make a new backend, with \`threads: 1\` if it happens again`,
  );
}

/** Why there are fewer threads than asked for: no worker starts, or memory cannot be shared. */
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

/** A helper whose share threw; the pool goes on. */
export function trapped(message: string): DeviceError {
  return new DeviceError(`backend-wasm: a helper thread must finish its share of the program, got \`${message}\``);
}
