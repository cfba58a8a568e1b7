import type { Tensor } from '@chainrule/tensor';
import type { Graph, Node, NodeOf } from '@chainrule/tensor/graph';
import type { StridedView } from './stridedView.ts';

/**
 * One pass over an index space: elementwise nodes, whose values stay in registers unless another step needs them, and
 * reductions of them over the same axes.
 */
export interface LoopStep {
  readonly kind: 'loop';
  /** The shape that all nodes run over, which is that of a reduction's input. */
  readonly space: readonly number[];
  /** `map` and `reduce` nodes in order; all reductions are over the same axes. */
  readonly nodes: readonly (NodeOf<'map'> | NodeOf<'reduce'>)[];
  /** The tensors that the loop reads from memory, and the results that it writes there. */
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}

/** A single node. Its inputs are contiguous, except the base of a `scatterAdd` to zeros, which nobody reads. */
export interface NodeStep {
  readonly kind: 'node';
  readonly node: Node;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  /** Whether the first input is zeros, wherever it lies. */
  readonly zeroBase: boolean;
}

/** A loop over time, with a plan for its body. */
export interface ScanStep {
  readonly kind: 'scan';
  readonly node: NodeOf<'scan'>;
  readonly body: Plan;
  /** The same for one partition of the rows, if no row depends on another; see `partitionScan`. */
  readonly partition: ScanPartition | undefined;
  /**
   * Carries whose values at the start of each step are stacked, with the number of the output that has them. The plans of
   * the body do not compute these outputs.
   */
  readonly kept: ReadonlyMap<number, number>;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}

/** One iteration of a scan for one partition of the rows. */
export interface ScanPartition {
  readonly partitions: number;
  readonly body: Plan;
  /** Inputs and constants of the body that are split into rows. */
  readonly rows: ReadonlySet<Tensor>;
}

export type PlanStep = LoopStep | NodeStep | ScanStep;

/** The plan of a graph: steps in order, and where values lie in memory. */
export interface Plan {
  readonly graph: Graph;
  readonly steps: readonly PlanStep[];
  /** The view of each value that a step or an output reads. Roots are arguments, constants, variables and outputs of steps. */
  readonly views: ReadonlyMap<Tensor, StridedView>;
  /** The graph's outputs, as contiguous tensors; some are copies that a step makes. */
  readonly outputs: readonly Tensor[];
}
