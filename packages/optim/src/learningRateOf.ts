import { StateError } from '@chainrule/errors';
import type { Variable } from '@chainrule/tensor';
import { treeLeaves } from '@chainrule/tensor/graph';
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
  const found = treeLeaves(state).filter(({ path }) => /(^|\.)learningRate$/.test(path));
  if (found.length !== 1)
    throw new StateError(`learningRateOf: \`state\` must hold one learning rate, got ${found.length}`);
  return found[0]!.leaf as Variable;
}
