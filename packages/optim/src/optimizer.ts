import type { Tensor, Variable } from '@chainrule/tensor';

/** A learning rate for each step, counted from 0: a function of the host, no tensors. */
export type Schedule = (step: number) => number;

/** The variables that an optimizer keeps, under names of their own. */
export interface OptimizerState {
  readonly [name: string]: Variable | readonly Variable[];
}

/**
 * A transformation of gradients to updates. `init` makes the state, outside of compiled code; `update` assigns it and
 * returns what is to be added to the variables; `tick` is called before every step, outside of compiled code, and puts
 * the schedule's value into the learning rate's variable.
 */
export interface Optimizer<S extends OptimizerState = OptimizerState> {
  readonly name: string;
  init(variables: readonly Variable[]): S;
  update(gradients: readonly Tensor[], state: S): Tensor[];
  tick(state: S, step: number): void;
}
