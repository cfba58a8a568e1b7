import { nonNegative } from '@chainrule/errors/check';
import { map, scalar as e } from '@chainrule/tensor';
import { checkCount, defineTransformation, type GradientTransformation, variableList } from './transformation.ts';

/**
 * Adds a part of each variable to its gradient. Before an optimizer this is L2 regularization, whose strength depends on
 * how the optimizer scales gradients. Between the scaling and the learning rate the decay is decoupled, as in `adamW`.
 *
 * g + λw
 *
 * @param weightDecay - λ, at least 0
 * @throws OptionError for a negative λ
 * @example
 * const decay = addDecayedWeights(0.1);
 * const w = new Variable(tensor([10]));
 * decay.update([tensor([1])], decay.init([w]), [w])[0].toArray(); // => 2
 */
export function addDecayedWeights(weightDecay: number): GradientTransformation<readonly []> {
  nonNegative('addDecayedWeights', 'weightDecay', weightDecay);
  return defineTransformation({
    name: 'addDecayedWeights',
    takes: 'gradients',
    update(gradients, _state, variables) {
      variableList('update', 'variables', variables);
      checkCount('addDecayedWeights', gradients.length, variables.length);
      return gradients.map((g, i) => map((x, w) => e.add(x, e.mul(w, weightDecay)), [g, variables[i]!.value]));
    },
  });
}
