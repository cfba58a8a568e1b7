import { add, type Tensor, type Variable } from '@chainrule/tensor';
import { checkCount, tensorList, variableList } from './transformation.ts';

/**
 * Adds updates to variables.
 *
 * @param variables - the variables of the optimizer's `init`
 * @param updates - the result of its `update`, in the same order
 * @throws ShapeError if their numbers or shapes differ
 * @example
 * const w = new Variable(tensor([1, 2]));
 * applyUpdates([w], [tensor([0.5, 0])]);
 * w.value.toArray(); // => 1.5,2
 */
export function applyUpdates(variables: readonly Variable[], updates: readonly Tensor[]): void {
  variableList('applyUpdates', 'variables', variables);
  tensorList('applyUpdates', 'updates', updates);
  checkCount('applyUpdates', updates.length, variables.length);
  variables.forEach((variable, i) => variable.assign(add(variable.value, updates[i]!)));
}
