import type { Configured, KnownFunctions } from '@chainrule/layers-core';

/** What `load` needs to make layers again: factories and functions by name. */
export interface LoadOptions extends KnownFunctions {
  /** Such as `{ dense, conv2d }`, cells and inner layers included; what is not used need not be there, so that it need not be bundled. */
  readonly layers: Readonly<Record<string, (...args: never[]) => Configured>>;
}
