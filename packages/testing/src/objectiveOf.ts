import { valueAndGrad } from '@chainrule/autograd';
import type { Objective } from '@chainrule/optim';
import type { Tensor, Variable } from '@chainrule/tensor';

/** A loss of variables as an objective. */
export function objectiveOf(loss: () => Tensor, variables: readonly Variable[]): Objective {
  const withGradients = (): readonly [Tensor, readonly Tensor[]] =>
    valueAndGrad((_: readonly Variable[]) => loss() as never)(variables);
  const at = <T>(weights: readonly Tensor[], run: () => T): T => {
    const before = variables.map((v) => v.value);
    variables.forEach((v, i) => v.assign(weights[i]!));
    const found = run();
    variables.forEach((v, i) => v.assign(before[i]!));
    return found;
  };
  const [value, gradients] = withGradients();
  return {
    value,
    gradients,
    valueAt: (weights) => at(weights, loss),
    gradientsAt: (weights) => at(weights, () => [...withGradients()[1]]),
  };
}
