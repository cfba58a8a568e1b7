import type { Tensor } from '@chainrule/tensor';
import type { Graph, Node, NodeOf } from '@chainrule/tensor/graph';
import type { StridedView } from './stridedView.ts';

/**
 * One pass over an index space: elementwise nodes whose values never leave the registers unless they are needed
 * elsewhere, and reductions of them over the same axes.
 */
export interface LoopStep {
  readonly kind: 'loop';
  /** The shape that all nodes run over; a reduction's input has it. */
  readonly space: readonly number[];
  /** `map` and `reduce` nodes in order; all reductions are over the same axes. */
  readonly nodes: readonly (NodeOf<'map'> | NodeOf<'reduce'>)[];
  /** What is read from memory, and the results of nodes that are written to it. */
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}

/** A node by itself: its inputs are contiguous, but for the base of a `scatterAdd` to zeros, which is not read. */
export interface NodeStep {
  readonly kind: 'node';
  readonly node: Node;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  /** The first input is zeros, whatever its place. */
  readonly zeroBase: boolean;
}

/** A loop over time, with a plan for its body. */
export interface ScanStep {
  readonly kind: 'scan';
  readonly node: NodeOf<'scan'>;
  readonly body: Plan;
  /** The same for a part of the rows, where no row depends on another: see `splitRows`. */
  readonly split: ScanSplit | undefined;
  /** Carries of which every step's is handed out as the step finds it, and which of the node's outputs has them; the plans of the body lack these. */
  readonly kept: ReadonlyMap<number, number>;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}

/** What a part of a scan's rows does in a step. */
export interface ScanSplit {
  readonly parts: number;
  readonly body: Plan;
  /** Inputs and constants of the body of which the part has its own rows. */
  readonly rows: ReadonlySet<Tensor>;
}

export type PlanStep = LoopStep | NodeStep | ScanStep;

/** What a graph comes to: steps in order, and where the values are. */
export interface Plan {
  readonly graph: Graph;
  readonly steps: readonly PlanStep[];
  /** Of every value that a step or an output reads. Roots are arguments, constants, variables and outputs of steps. */
  readonly views: ReadonlyMap<Tensor, StridedView>;
  /** The graph's outputs, as contiguous tensors; some are copies that a step makes. */
  readonly outputs: readonly Tensor[];
}
