import type { Tensor } from '@chainrule/tensor';
import type { NodeKind, NodeOf } from '@chainrule/tensor/graph';
import type { GradientTape } from '../tape.ts';

/** For each input what makes its cotangent, if it has one; called only for inputs whose cotangent is needed. */
export type Pull = readonly ((() => Tensor | null) | null)[];

/** Walks a tape backwards: from cotangents of `outputs` to those of `wanted`. */
export type Backward = (
  tape: GradientTape,
  outputs: readonly Tensor[],
  cotangents: readonly (Tensor | null)[],
  wanted: readonly Tensor[],
) => (Tensor | null)[];

export interface RuleContext {
  /** The cotangents of all outputs, `null` where there is none. */
  readonly cotangents: readonly (Tensor | null)[];
  /** Which inputs need a cotangent. */
  readonly needed: readonly boolean[];
  readonly backward: Backward;
}

/** A rule gets the node and the cotangent of its first output. */
export type Rule<K extends NodeKind> = (n: NodeOf<K>, g: Tensor, context: RuleContext) => Pull;
