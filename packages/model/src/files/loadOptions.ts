import type { Configured, KnownFunctions } from '@chainrule/layers-core';
import type { Functional } from '../graph/functional.ts';
import type { Preprocessing } from '../graph/preprocessing.ts';

/** What `load` needs to make layers again: factories and functions by name. */
export interface LoadOptions<P extends Preprocessing = Preprocessing> extends KnownFunctions {
  /** Such as `{ dense, conv2d }`, cells and inner layers included; what is not used need not be there, so that it need not be bundled. */
  readonly layers: Readonly<Record<string, (...args: never[]) => Configured>>;
  /** What makes each part of the model's `preprocessing` from its JSON, such as `{ scaler: (json) => new Scaler(json) }`. */
  readonly preprocessing?: { readonly [K in keyof P]: (json: never) => P[K] };
}

/** A model from a file, with the preprocessing that it was saved with. */
export type LoadedModel<In, Out, P extends Preprocessing> = Functional<In, Out> & { readonly preprocessing: P };
