import { OptionError } from '@chainrule/errors';
import { anOptimizer, type Optimizer, type OptimizerState } from './optimizer.ts';

/**
 * Transformations one after the other, as one. Their states are joined, so their variables' names must differ.
 *
 * @throws OptionError at `init` when two keep a variable under the same name, or weight decay follows a learning rate
 * @example
 * chain(clipByGlobalNorm(1), adam()).name; // => clipByGlobalNorm, adam
 */
export function chain(...parts: readonly Optimizer[]): Optimizer {
  parts.forEach((part, i) => anOptimizer('chain', `parts[${i}]`, part));
  return {
    name: parts.map((part) => part.name).join(', '),
    init(variables) {
      const state: Record<string, OptimizerState[string]> = {};
      for (const part of parts) {
        if (part.name === 'addWeightDecay' && 'learningRate' in state) {
          throw new OptionError(
            'chain: addWeightDecay must come before the learning rate, or weights would grow; put it before the optimizer, or use `adamW`',
          );
        }
        for (const [key, value] of Object.entries(part.init(variables))) {
          if (key in state)
            throw new OptionError(`chain: two transformations keep a state \`${key}\`; the second is ${part.name}`);
          state[key] = value;
        }
      }
      return state;
    },
    update: (updates, state, variables) => parts.reduce((u, part) => part.update(u, state, variables), [...updates]),
    tick(state, step) {
      for (const part of parts) part.tick(state, step);
    },
  };
}
