import { aCount } from '@chainrule/errors/check';
import { map, scalar as e, type Tensor, type Variable } from '@chainrule/tensor';
import { treeLeaves } from '@chainrule/tensor/graph';
import { accumulators, countStep, stepCounter } from './state.ts';
import { anOptimizer, defineTransformation, type Optimizer, type OptimizerState } from './transformation.ts';

/** The state of {@link accumulateGradients}. */
export type AccumulateGradientsState<S extends OptimizerState> = {
  readonly inner: S;
  readonly step: Variable;
  readonly sum: readonly Variable[];
};

/**
 * Updates the weights every few batches, with the mean of their gradients, as if they were one large batch. In between, the
 * weights and the state of the optimizer keep their values. A schedule of the optimizer counts its own steps.
 *
 * @param optimizer - gets the means
 * @param steps - batches for each step of the optimizer
 * @throws OptionError for `steps` below 1
 * @example
 * const w = new Variable(tensor([0]));
 * const optimizer = accumulateGradients(sgd({ learningRate: 1 }), 2);
 * const state = optimizer.init([w]);
 * optimizer.update([tensor([2])], state, [w])[0].item(); // => 0
 * optimizer.update([tensor([4])], state, [w])[0].item(); // => -3
 */
export function accumulateGradients<S extends OptimizerState>(
  optimizer: Optimizer<S>,
  steps: number,
): Optimizer<AccumulateGradientsState<S>> {
  anOptimizer('accumulateGradients', 'optimizer', optimizer);
  aCount('accumulateGradients', 'steps', steps);
  return defineTransformation<AccumulateGradientsState<S>>({
    name: `accumulateGradients(${optimizer.name})`,
    keeps: { inner: 'state', step: 'one', sum: 'each' },
    takes: optimizer.takes,
    gives: 'steps',
    init: (variables) => ({
      inner: optimizer.init(variables),
      step: stepCounter('accumulateGradients'),
      sum: accumulators('accumulateGradients', 'sum', variables),
    }),
    tick: ({ inner }, step) => optimizer.tick(inner, Math.floor(step / steps)),
    update(updates, { inner, step, sum }, variables, objective) {
      const t = countStep(step);
      const whenDue = (yes: Tensor, no: Tensor): Tensor =>
        map((a, b, k) => e.select(e.eq(e.mod(k, steps), 0), a, b), [yes, no, t]);
      const means = updates.map((u, i) => {
        const total = map((s, x) => e.add(s, x), [sum[i]!.value, u]);
        sum[i]!.assign(map((s, k) => e.select(e.eq(e.mod(k, steps), 0), 0, s), [total, t]));
        return map((s) => e.div(s, steps), [total]);
      });
      const kept = treeLeaves(inner).map(({ leaf }) => leaf as Variable);
      const before = kept.map((v) => v.value);
      const found = optimizer.update(means, inner, variables, objective);
      kept.forEach((v, i) => v.assign(whenDue(v.value, before[i]!)));
      return found.map((u) => map((x, k) => e.select(e.eq(e.mod(k, steps), 0), x, 0), [u, t]));
    },
  });
}
