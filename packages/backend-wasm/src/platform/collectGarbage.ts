import { nodeModule } from './node.ts';

let collect: (() => void) | undefined;

/** Collects what nobody holds, where the engine lets scripts ask for it: Node does. Finalizers run at a later turn of the event loop. */
export function collectGarbage(): void {
  collect ??= (globalThis as { gc?: () => void }).gc ?? nodeGc() ?? ((): void => undefined);
  collect();
}

/** Scripts find `gc` in contexts that are made after the flag was set. */
function nodeGc(): (() => void) | undefined {
  nodeModule<{ setFlagsFromString(flag: string): void }>('node:v8')?.setFlagsFromString('--expose-gc');
  return nodeModule<{ runInNewContext(code: string): () => void }>('node:vm')?.runInNewContext('gc');
}
