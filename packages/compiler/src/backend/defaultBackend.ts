import { optional } from '@chainrule/errors/check';
import { aBackend, type Backend } from './backend.ts';
import { reference } from './reference.ts';

let current: Backend | (() => Backend) | undefined;

/**
 * Sets the backend of every `compile` that does not name one. Compiled programs stay on their backend.
 *
 * @param backend - or a function that makes it, which is called when a program first needs it; without one, the
 *   reference
 * @example
 * setDefaultBackend(() => reference());
 */
export function setDefaultBackend(backend: Backend | (() => Backend) | undefined): void {
  if (typeof backend !== 'function') optional(aBackend)('setDefaultBackend', 'backend', backend);
  current = backend;
}

/**
 * Whether a default backend has been set. Otherwise, programs run on the reference.
 *
 * @example
 * setDefaultBackend(undefined);
 * hasDefaultBackend(); // => false
 */
export function hasDefaultBackend(): boolean {
  return current !== undefined;
}

/**
 * The backend of `compile` by default: the reference, unless another was set.
 *
 * @throws the error of the function that was set, at every call until it succeeds
 * @example
 * setDefaultBackend(undefined);
 * defaultBackend().name; // => reference
 */
export function defaultBackend(): Backend {
  if (current === undefined) return reference();
  if (typeof current === 'function') current = current();
  return current;
}
