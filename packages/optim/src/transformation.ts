import { type Check, importedFrom } from '@chainrule/errors/check';
import type { Tensor, Variable } from '@chainrule/tensor';
import type { Tree } from '@chainrule/tensor/graph';

/** A learning rate for each step, counted from 0. It runs on the host and returns a number, not a tensor. */
export type Schedule = (step: number) => number;

/** The variables that a transformation keeps: a tree of arrays and objects. */
export type OptimizerState = Tree<Variable>;

/**
 * Where in an optimizer updates are. Before the learning rate they are `gradients`: they point uphill, in any scale. After
 * it they are `steps`: they point downhill, and adding them to the variables trains the model.
 */
export type UpdateStage = 'gradients' | 'steps';

/** Turns gradients into updates, one link of a `chain`. Write your own with `defineTransformation`. */
export interface GradientTransformation<S extends OptimizerState = OptimizerState> {
  /** Shown in errors. */
  readonly name: string;
  /** The stage that it must get; either one by default. */
  readonly takes?: UpdateStage | undefined;
  /** The stage of its results; the one that it got by default. */
  readonly gives?: UpdateStage | undefined;
  /** Makes the state. Runs outside of compiled code. */
  init(variables: readonly Variable[]): S;
  /**
   * Assigns the state and returns the new updates. Runs inside of compiled code.
   *
   * @param updates - one for each variable: gradients, or the updates of the link before
   * @param state - the state that `init` returned
   * @param variables - the same variables as at `init`
   */
  update(updates: readonly Tensor[], state: S, variables: readonly Variable[]): Tensor[];
  /** Prepares a step, counted from 0. Runs before the step, outside of compiled code; schedules assign their rate here. */
  tick(state: S, step: number): void;
}

/** A transformation that ends with steps, so that a model can be trained with it. */
export interface Optimizer<S extends OptimizerState = OptimizerState> extends GradientTransformation<S> {
  readonly gives: 'steps';
}

/** A transformation without the methods that it does not need. */
export type TransformationParts<S extends OptimizerState> = Pick<GradientTransformation<S>, 'name' | 'update'> &
  Partial<GradientTransformation<S>>;

/**
 * Makes a gradient transformation. By default it keeps no state, follows no schedule, and may stand anywhere in a chain.
 *
 * @param parts - `name` and `update`; if needed `init`, `tick`, `takes` and `gives`
 * @returns the transformation; an optimizer if it gives steps
 * @example
 * const sign = defineTransformation({ name: 'sign', takes: 'gradients', update: (updates) => updates.map((u) => sign(u)) });
 * chain(sign, scaleByLearningRate(0.1)).name; // => sign, scaleByLearningRate
 */
export function defineTransformation<S extends OptimizerState = readonly []>(
  parts: TransformationParts<S> & { readonly gives: 'steps' },
): Optimizer<S>;
export function defineTransformation<S extends OptimizerState = readonly []>(
  parts: TransformationParts<S>,
): GradientTransformation<S>;
export function defineTransformation(parts: TransformationParts<OptimizerState>): GradientTransformation {
  return { init: () => [], tick: () => undefined, ...parts };
}

export const aTransformation: Check = /* @__PURE__ */ importedFrom(
  '@chainrule/optim',
  'a gradient transformation',
  (value) => typeof (value as GradientTransformation | null | undefined)?.update === 'function',
  '()',
);
