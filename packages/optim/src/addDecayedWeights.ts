import { aFunction, checkOptions, type Checks, nonNegative } from '@chainrule/errors/check';
import { map, scalar as e, type Variable } from '@chainrule/tensor';
import { defineTransformation, type GradientTransformation } from './transformation.ts';

/** Which weights decay. */
export interface WeightDecayOptions {
  /** Returns whether a variable decays, given its name and shape; by default all do. `({ shape }) => shape.length > 1` excludes biases. */
  readonly mask?: ((variable: Variable) => boolean) | undefined;
}

export const weightDecayChecks: Checks<WeightDecayOptions> = { mask: aFunction };

/**
 * Adds a multiple of each variable to its gradient. Before an optimizer, this is L2 regularization, and its strength depends
 * on how the optimizer scales gradients. Between the scaling and the learning rate, it is decoupled decay, as in `adamW`.
 *
 * g + λw
 *
 * @param weightDecay - λ, at least 0
 * @param options - `mask`: which variables decay (all)
 * @throws OptionError for a negative λ
 * @example
 * const decay = addDecayedWeights(0.1);
 * const w = new Variable(tensor([10]));
 * decay.update([tensor([1])], decay.init([w]), [w])[0].toArray(); // => 2
 */
export function addDecayedWeights(
  weightDecay: number,
  options: WeightDecayOptions = {},
): GradientTransformation<readonly []> {
  nonNegative('addDecayedWeights', 'weightDecay', weightDecay);
  checkOptions('addDecayedWeights', options, weightDecayChecks);
  const { mask = () => true } = options;
  return defineTransformation({
    name: 'addDecayedWeights',
    takes: 'gradients',
    uses: ['variables'],
    update(gradients, _state, variables) {
      return gradients.map((g, i) => {
        const variable = variables[i]!;
        return mask(variable) ? map((x, w) => e.add(x, e.mul(w, weightDecay)), [g, variable.value]) : g;
      });
    },
  });
}
