import { ShapeError } from '@chainrule/errors';
import { type Check, checkThat, importedFrom, integerFrom, listOf } from '@chainrule/errors/check';
import { type Tensor, Variable } from '@chainrule/tensor';
import { checkObjective, type Objective } from './objective.ts';
import { aTensor, type Tree } from '@chainrule/tensor/graph';

/** A learning rate for each step, counted from 0. It runs on the host and returns a number, not a tensor. */
export type Schedule = (step: number) => number;

/** The variables that a transformation keeps: a tree of arrays and objects. */
export type OptimizerState = Tree<Variable>;

/**
 * The stage of updates in an optimizer. Before the learning rate they are `gradients`: they point uphill, in any scale. After
 * it they are `steps`: they point downhill, and adding them to the variables trains the model.
 */
export type UpdateStage = 'gradients' | 'steps';

/** Turns gradients into updates, one link of a `chain`. Write your own with `defineTransformation`. */
export interface GradientTransformation<S extends OptimizerState = OptimizerState> {
  /** Shown in errors. */
  readonly name: string;
  /** The stage that it requires; any stage by default. */
  readonly takes?: UpdateStage | undefined;
  /** The stage of its results; by default that of its input. */
  readonly gives?: UpdateStage | undefined;
  /** Makes the state. Runs outside of compiled code. */
  init(variables: readonly Variable[]): S;
  /**
   * Assigns the state and returns the new updates. Runs inside of compiled code.
   *
   * @param updates - one for each variable: gradients, or the updates of the previous link
   * @param state - the state that `init` returned
   * @param variables - the same variables as for `init`
   * @param objective - the loss as a function of the weights, for transformations that evaluate a batch again
   */
  update(updates: readonly Tensor[], state: S, variables: readonly Variable[], objective?: Objective): Tensor[];
  /** Prepares a step, counted from 0. Runs before the step, outside of compiled code; schedules assign their rate here. */
  tick(state: S, step: number): void;
}

/** A transformation that returns steps, so that a model can be trained with it. */
export interface Optimizer<S extends OptimizerState = OptimizerState> extends GradientTransformation<S> {
  readonly gives: 'steps';
}

/** A transformation whose optional methods may be missing. */
export type TransformationParts<S extends OptimizerState> = Pick<GradientTransformation<S>, 'name' | 'update'> &
  Partial<GradientTransformation<S>> & {
    /**
     * The keys of the state, and whether each holds one variable, a list with one for each trained variable, or the state of
     * another transformation.
     */
    readonly keeps?: Readonly<Record<string, 'one' | 'each' | 'state'>>;
    /** What `update` uses in addition to the updates and the state; checked before it runs. */
    readonly uses?: readonly ('variables' | 'objective')[];
  };

const aVariable = /* @__PURE__ */ checkThat('a variable', (value) => value instanceof Variable);
export const variableList: Check = /* @__PURE__ */ listOf('a list of variables', aVariable);
export const tensorList: Check = /* @__PURE__ */ listOf('a list of tensors', aTensor);

/**
 * Makes a gradient transformation. By default it has no state, follows no schedule, and may be anywhere in a chain.
 *
 * The methods of the result check their arguments: `update` throws for gradients that are not tensors, and for a state without
 * the variables that `keeps` names.
 *
 * @param parts - `name` and `update`; if needed `init`, `keeps`, `tick`, `takes` and `gives`
 * @returns the transformation; it is an optimizer if it returns steps
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
  aTransformation('defineTransformation', 'parts', parts);
  return {
    ...parts,
    init(variables) {
      variableList('init', 'variables', variables);
      return parts.init?.(variables) ?? [];
    },
    update(updates, state, variables, objective) {
      tensorList('update', 'updates', updates);
      checkState('update', parts, state, updates.length);
      if (parts.uses?.includes('variables')) {
        variableList('update', 'variables', variables);
        checkCount(parts.name, updates.length, variables.length);
      }
      checkObjective(parts.name, objective, parts.uses?.includes('objective') === true && updates.length > 0);
      return parts.update(updates, state, variables, objective);
    },
    tick(state, step) {
      checkState('tick', parts, state);
      aStep('tick', 'step', step);
      parts.tick?.(state, step);
    },
  };
}

const stateChecks: Readonly<Record<'one' | 'each' | 'state', Check>> = {
  one: aVariable,
  each: variableList,
  state: /* @__PURE__ */ checkThat('the state of an optimizer', (value) => typeof value === 'object' && value !== null),
};
const aStep = /* @__PURE__ */ integerFrom(0);

/** Checks that a state has the variables that the transformation keeps, and that its lists match the gradients in length. */
function checkState(
  op: string,
  { name, keeps = {} }: TransformationParts<OptimizerState>,
  state: unknown,
  count?: number,
): void {
  for (const [key, kind] of Object.entries(keeps)) {
    const held = (state as Readonly<Record<string, unknown>> | null | undefined)?.[key];
    stateChecks[kind](op, `state.${key}`, held);
    if (kind === 'each') checkCount(name, count, (held as readonly unknown[]).length);
  }
}

/** Checks that there is one update per variable. */
export function checkCount(owner: string, count: number | undefined, expected: number): void {
  if (count !== undefined && count !== expected)
    throw new ShapeError(`${owner}: expects ${expected} updates, got ${count}`);
}

export const aTransformation: Check = /* @__PURE__ */ importedFrom(
  '@chainrule/optim',
  'a gradient transformation',
  (value) => typeof (value as GradientTransformation | null | undefined)?.update === 'function',
  '()',
);

export const anOptimizer: Check = /* @__PURE__ */ importedFrom(
  '@chainrule/optim',
  'an optimizer, which ends with a learning rate',
  (value) => {
    const made = value as Partial<Optimizer> | null | undefined;
    return typeof made?.update === 'function' && made.gives === 'steps';
  },
  '()',
);
