import { nodeModule } from './node.ts';

let collect: (() => void) | undefined;

/** Collects garbage if scripts may request that, as in Node. Finalizers run in a later turn of the event loop. */
export function collectGarbage(): void {
  collect ??= (globalThis as { gc?: () => void }).gc ?? nodeGc() ?? ((): void => undefined);
  collect();
}

/** `gc` exists only in contexts that are created after the flag is set. */
function nodeGc(): (() => void) | undefined {
  nodeModule<{ setFlagsFromString(flag: string): void }>('node:v8')?.setFlagsFromString('--expose-gc');
  return nodeModule<{ runInNewContext(code: string): () => void }>('node:vm')?.runInNewContext('gc');
}
