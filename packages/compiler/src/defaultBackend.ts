import type { Backend } from './backend.ts';
import { reference } from './reference.ts';

let current: Backend | undefined;

/**
 * Sets the backend of every `compile` that does not name one.
 *
 * @example
 * setDefaultBackend(reference());
 */
export function setDefaultBackend(backend: Backend | undefined): void {
  current = backend;
}

/**
 * The backend of `compile` where none is named: the reference, unless another was set.
 *
 * @example
 * defaultBackend().name; // => reference
 */
export function defaultBackend(): Backend {
  return (current ??= reference());
}
