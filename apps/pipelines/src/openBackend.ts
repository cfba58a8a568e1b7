import { wasm } from '@chainrule/backend-wasm';
import { type Backend, reference } from '@chainrule/compiler';
import type { Options } from './task.ts';

/** A backend, its name for the terminal, and a function that ends its threads. */
export interface OpenBackend {
  readonly backend: Backend;
  readonly label: string;
  close(): void;
}

/** Opens the backend that the options name. */
export async function openBackend({
  backend: name,
  threads,
}: Pick<Options, 'backend' | 'threads'>): Promise<OpenBackend> {
  if (name === 'reference') return { backend: reference(), label: 'the reference', close() {} };
  const backend = await wasm(threads === undefined ? {} : { threads });
  return {
    backend,
    label: `WebAssembly with ${backend.threads === 1 ? 'one thread' : `${backend.threads} threads`}`,
    close: () => backend.close(),
  };
}
