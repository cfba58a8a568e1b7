import { StateError } from '@chainrule/errors';
import type { Variable } from '@chainrule/tensor';
import { treeLeaves } from '@chainrule/tensor/graph';
import { rateNames } from './learningRate.ts';
import type { OptimizerState } from './transformation.ts';

/**
 * Finds the learning rate in the state of an optimizer, to read or assign it.
 *
 * @param state - the result of an optimizer's `init`, or the `optimizerState` of a trainer
 * @throws StateError if the state holds no learning rate, or several
 * @example
 * const state = adam({ learningRate: 0.5 }).init([new Variable(tensor([1]))]);
 * learningRateOf(state).assign(tensor(0.25));
 * learningRateOf(state).value.item(); // => 0.25
 */
export function learningRateOf(state: OptimizerState): Variable {
  const found = learningRatesOf(state);
  if (found.length !== 1)
    throw new StateError(`learningRateOf: \`state\` must hold one learning rate, got ${found.length}`);
  return found[0]!.rate;
}

/** A learning rate in the state of an optimizer. */
export interface FoundLearningRate {
  readonly rate: Variable;
  /** Whether a schedule assigns the rate before each step. */
  readonly isScheduled: boolean;
}

/**
 * Finds all learning rates in the state of an optimizer, such as those of the groups of `partition`.
 *
 * @param state - the result of an optimizer's `init`, or the `optimizerState` of a trainer
 * @example
 * const w = new Variable(tensor([1]));
 * const optimizer = partition(() => 'all', { all: sgd({ learningRate: constantSchedule(0.5) }), unused: sgd() });
 * learningRatesOf(optimizer.init([w])).map(({ isScheduled }) => isScheduled); // => true,false
 */
export function learningRatesOf(state: OptimizerState): FoundLearningRate[] {
  return treeLeaves(state)
    .filter(({ path }) => /(^|\.)learningRate$/.test(path))
    .map(({ leaf }) => leaf as Variable)
    .map((rate) => ({ rate, isScheduled: rate.name === rateNames.scheduled }));
}
