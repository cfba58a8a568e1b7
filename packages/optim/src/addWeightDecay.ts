import { nonNegative } from '@chainrule/errors/check';
import { map, scalar as e } from '@chainrule/tensor';
import { type Optimizer, transformation } from './optimizer.ts';

/**
 * Adds a part of each variable to its update. Before an optimizer this is L2 regularisation: the decay is scaled as the
 * gradient is. It must stand before the learning rate, which turns updates about; for decay that is decoupled from the
 * gradient's size, take `adamW`.
 *
 * u + λw
 *
 * @param weightDecay - λ, at least 0
 * @throws OptionError for a negative λ
 * @example
 * const decay = addWeightDecay(0.1);
 * decay.update([tensor([1])], decay.init([]), [new Variable(tensor([10]))])[0].toArray(); // => 2
 */
export function addWeightDecay(weightDecay: number): Optimizer {
  nonNegative('addWeightDecay', 'weightDecay', weightDecay);
  return transformation({
    name: 'addWeightDecay',
    update: (updates, _state, variables) =>
      updates.map((u, i) => map((x, w) => e.add(x, e.mul(w, weightDecay)), [u, variables[i]!.value])),
  });
}
