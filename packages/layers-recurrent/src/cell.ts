import type { Configured, WeightBuilder } from '@chainrule/layers-core';
import type { Tensor } from '@chainrule/tensor';

/** What a cell reads of a weight; a `Variable` is one. */
export interface Weight {
  readonly value: Tensor;
}

/** A cell on its way through a sequence. */
export interface CellLoop {
  /** What the steps read: the features that each step gets, computed for all steps at once. The leading axes are those of the inputs. */
  readonly projected: Tensor;
  /**
   * One step.
   *
   * @param projected - this step's features, `[batch, n]`
   * @param state - the state before the step, `[batch, size]` for each of the cell's sizes
   * @param seen - the first state as a product should see it: with `recurrentDropout` a part of it, the same at all steps, is 0
   * @returns the state after the step
   */
  readonly step: (projected: Tensor, state: readonly Tensor[], seen: Tensor) => readonly Tensor[];
}

/**
 * What happens in one step of a recurrent layer: a description without weights of its own, so that one cell can serve many layers.
 * The first of its states is its output.
 */
export interface Cell<Units extends number = number, Weights = unknown> extends Configured {
  /** The sizes of its states. */
  readonly stateSizes: readonly [Units, ...number[]];
  /** Makes the weights for inputs of so many features. */
  build(features: number, at: WeightBuilder): Weights;
  /**
   * What can be computed before the loop: the product of all inputs with a kernel, biases, slices of weights. What `step` then
   * takes from here enters the loop once; weights that only multiply get their gradient in one product after it.
   *
   * @param x - `[…, features]`
   */
  start(x: Tensor, weights: Weights): CellLoop;
}
