import type { Tensor } from '@chainrule/tensor';
import type { NodeKind, NodeOf } from '@chainrule/tensor/graph';
import type { GradientTape } from '../tape.ts';

/**
 * The vector–Jacobian products of a node: for each input, a function that computes its cotangent, or `null` if the
 * gradient does not flow there. Only the functions of needed cotangents are called.
 */
export type Vjps = readonly ((() => Tensor | null) | null)[];

/** Walks a tape backward, from cotangents of `outputs` to those of `wanted`. */
export type Backward = (
  tape: GradientTape,
  outputs: readonly Tensor[],
  cotangents: readonly (Tensor | null)[],
  wanted: readonly Tensor[],
) => (Tensor | null)[];

export interface RuleContext {
  /** The cotangent of each output, or `null`. */
  readonly cotangents: readonly (Tensor | null)[];
  /** Whether each input needs a cotangent. */
  readonly needed: readonly boolean[];
  readonly backward: Backward;
}

/** The gradient of one kind of node. `g` is the cotangent of the first output. */
export type Rule<K extends NodeKind> = (n: NodeOf<K>, g: Tensor, context: RuleContext) => Vjps;
