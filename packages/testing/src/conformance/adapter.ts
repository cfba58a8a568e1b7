import * as tensorPackage from '@chainrule/tensor';
import type { Tensor, Variable } from '@chainrule/tensor';
import { type AnyOp, opsOf } from '../ops.ts';
import { type Attrs, type Inputs, Unsupported } from './given.ts';

/** Outputs by name; a single tensor is `output`. */
export type Outputs = Tensor | Readonly<Record<string, Tensor>>;

/** Runs under capture: inputs are symbols. */
export type Compute = (inputs: Inputs, attrs: Attrs) => Outputs;

/** For ops with variables, such as layers. The variables are made before the capture and hold inputs. */
export interface Stateful {
  /** `weights` by the names of the inputs that they hold. */
  prepare(
    inputs: Inputs,
    attrs: Attrs,
  ): { readonly weights?: Readonly<Record<string, Variable>>; readonly compute: Compute };
}

/** Computes a golden op with Chainrule. */
export type Adapter = Compute | Stateful;

export type Adapters = Readonly<Record<string, Adapter>>;

const ops = opsOf(tensorPackage);

/** Returns an op of `@chainrule/tensor`. Throws Unsupported for other names; the report counts such cases. */
export function op(name: string): AnyOp {
  const found = ops.get(name);
  if (!found) throw new Unsupported(`not implemented: ${name}`);
  return found;
}

/** Returns a factory or a function that a package exports. Throws Unsupported for other names. */
export function exported<F>(module: object, name: string): F {
  const found: unknown = Object.hasOwn(module, name) ? (module as Record<string, unknown>)[name] : undefined;
  if (typeof found !== 'function') throw new Unsupported(`not implemented: ${name}`);
  return found as F;
}

/** The options that are not `undefined`. */
export function given(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
