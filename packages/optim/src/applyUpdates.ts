import { ShapeError } from '@chainrule/errors';
import { checkThat, refuse } from '@chainrule/errors/check';
import { add, aTensor, type Tensor, Variable } from '@chainrule/tensor';

const aVariable = /* @__PURE__ */ checkThat('a variable', (value) => value instanceof Variable);

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
  for (const [name, list] of Object.entries({ variables, updates }))
    if (!Array.isArray(list)) refuse('applyUpdates', name, 'a list', list);
  variables.forEach((variable, i) => aVariable('applyUpdates', `variables[${i}]`, variable));
  updates.forEach((update, i) => aTensor('applyUpdates', `updates[${i}]`, update));
  if (variables.length !== updates.length) {
    throw new ShapeError(
      `applyUpdates: expects an update for each of ${variables.length} variables, got ${updates.length}`,
    );
  }
  variables.forEach((variable, i) => variable.assign(add(variable.value, updates[i]!)));
}
