import { valueAndGrad } from '@chainrule/autograd';
import type { Objective } from '@chainrule/optim';
import type { Tensor, Variable } from '@chainrule/tensor';

/**
 * Evaluates the loss of a batch with its gradients, and returns the loss as a function of the weights. Further evaluations
 * start from the state before the first one, so that they draw the same dropout masks, and leave the state after it.
 *
 * @param evaluate - the loss, and what else is found
 * @param weights - the trained variables
 * @param changing - all variables that an evaluation may assign, such as moving statistics and the generator's counter
 */
export function objectiveOf<T>(
  evaluate: () => readonly [loss: Tensor, found: T],
  weights: readonly Variable[],
  changing: readonly Variable[],
): { readonly objective: Objective; readonly found: T } {
  const before = valuesOf(changing);
  const withGradients = valueAndGrad((_: readonly Variable[]) => evaluate());
  const [[value, found], gradients] = withGradients(weights);
  const after = valuesOf(changing);
  const at = <R>(values: readonly Tensor[], run: () => R): R => {
    assign(changing, before);
    assign(weights, values);
    const result = run();
    assign(changing, after);
    return result;
  };
  return {
    objective: {
      value,
      gradients,
      valueAt: (values) => at(values, () => evaluate()[0]),
      gradientsAt: (values) => at(values, () => withGradients(weights)[1]),
    },
    found,
  };
}

function valuesOf(variables: readonly Variable[]): Tensor[] {
  return variables.map((v) => v.value);
}

function assign(variables: readonly Variable[], values: readonly Tensor[]): void {
  variables.forEach((v, i) => {
    if (v.value !== values[i]) v.assign(values[i]!);
  });
}
