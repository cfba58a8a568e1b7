import type { Configured, WeightBuilder } from '@chainrule/layers-core';
import type { Tensor } from '@chainrule/tensor';

/** A weight as a cell reads it, such as a `Variable`. */
export interface Weight {
  readonly value: Tensor;
}

/** A cell prepared for a sequence. */
export interface CellLoop {
  /** The inputs of all steps, projected at once. The leading axes are those of `x`. */
  readonly projected: Tensor;
  /**
   * Computes one step.
   *
   * @param projected - the projected input of this step, `[batch, n]`
   * @param state - the state before the step, `[batch, size]` for each of the cell's sizes
   * @param recurrentInput - the first state after recurrent dropout, to multiply with recurrent kernels
   * @returns the state after the step
   */
  readonly step: (projected: Tensor, state: readonly Tensor[], recurrentInput: Tensor) => readonly Tensor[];
  /** The values of the gates in a step by name, `[batch, units]`, as `step` uses them. A cell without gates has none. */
  readonly gates?: (
    projected: Tensor,
    state: readonly Tensor[],
    recurrentInput: Tensor,
  ) => Readonly<Record<string, Tensor>>;
}

/**
 * The computation of one step of a recurrent layer. A cell does not own weights, so several layers can use it. Its first state
 * is its output.
 */
export interface Cell<Units extends number = number, Weights = unknown> extends Configured {
  /** Sizes of the states. */
  readonly stateSizes: readonly [Units, ...number[]];
  /** Creates the weights for inputs with the given number of features. */
  build(features: number, at: WeightBuilder): Weights;
  /**
   * Computes what does not depend on the state, before the loop: the product of all inputs with a kernel, biases, slices of
   * weights. Values that `step` captures enter the loop once; the gradient of a weight that only multiplies is one
   * product after the loop.
   *
   * @param x - `[…, features]`
   */
  start(x: Tensor, weights: Weights): CellLoop;
}
