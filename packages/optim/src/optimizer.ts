import { type Check, importedFrom } from '@chainrule/errors/check';
import type { Tensor, Variable } from '@chainrule/tensor';

/** A learning rate for each step, counted from 0: a function of the host, no tensors. */
export type Schedule = (step: number) => number;

/** The variables that an optimizer keeps, under names of their own. */
export interface OptimizerState {
  readonly [name: string]: Variable | readonly Variable[];
}

/**
 * A transformation of gradients to updates; several in a row are one again, see `chain`. `init` makes the state, outside
 * of compiled code; `update` assigns it and returns what is to be added to the variables; `tick` is called before every
 * step, outside of compiled code, and puts the schedule's value into the learning rate's variable.
 */
export interface Optimizer<S extends OptimizerState = OptimizerState> {
  /** What it is: for errors. */
  readonly name: string;
  init(variables: readonly Variable[]): S;
  /**
   * @param updates - one a variable: gradients, or what the transformation before made of them
   * @param variables - the same as at `init`
   */
  update(updates: readonly Tensor[], state: S, variables: readonly Variable[]): Tensor[];
  tick(state: S, step: number): void;
}

/** A transformation that follows no schedule and, unless it says so, keeps no state. */
export function transformation<S extends OptimizerState = OptimizerState>(parts: {
  readonly name: string;
  init?(variables: readonly Variable[]): S;
  update(updates: readonly Tensor[], state: S, variables: readonly Variable[]): Tensor[];
}): Optimizer<S> {
  return { init: () => ({}) as S, tick: () => undefined, ...parts };
}

/** An optimizer or another transformation of gradients. */
export const anOptimizer: Check = /* @__PURE__ */ importedFrom(
  '@chainrule/optim',
  'an optimizer',
  (value) => typeof (value as Optimizer | null | undefined)?.update === 'function',
  '()',
);
