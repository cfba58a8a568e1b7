import { OptionError } from '@chainrule/errors';
import {
  aTransformation,
  defineTransformation,
  type GradientTransformation,
  type Optimizer,
  type OptimizerState,
  type UpdateStage,
} from './transformation.ts';

type StateOf<T> = T extends GradientTransformation<infer S> ? S : never;
type States<P extends readonly GradientTransformation[]> = { readonly [I in keyof P]: StateOf<P[I]> };

/** The type of a chain: an optimizer if one of its links returns steps. Its state is the list of the links' states. */
export type Chain<P extends readonly GradientTransformation[]> = [Extract<P[number], Optimizer>] extends [never]
  ? GradientTransformation<States<P>>
  : Optimizer<States<P>>;

/**
 * Composes transformations. Each gets the updates of the previous one. The state is the list of their states, so two links of
 * the same kind have separate states. A chain without links returns updates unchanged.
 *
 * @param parts - optimizers and other transformations, in the order in which they see the gradients
 * @throws OptionError if a link is on the wrong side of the learning rate
 * @example
 * const w = new Variable(tensor([1]));
 * const optimizer = chain(clipByGlobalNorm(1), trace({ decay: 0.5 }), trace({ decay: 0.5 }), scaleByLearningRate(0.1));
 * const state = optimizer.init([w]);
 * applyUpdates([w], optimizer.update([tensor([5])], state, [w]));
 * applyUpdates([w], optimizer.update([tensor([5])], state, [w]));
 * w.value.item().toFixed(1); // => 0.7
 */
export function chain<const P extends readonly GradientTransformation[]>(...parts: P): Chain<P>;
export function chain(...parts: readonly GradientTransformation[]): GradientTransformation<readonly OptimizerState[]> {
  parts.forEach((part, i) => aTransformation('chain', `parts[${i}]`, part));
  return defineTransformation<readonly OptimizerState[]>({
    name: parts.map((part) => part.name).join(', '),
    ...stagesOf(parts),
    init: (variables) => parts.map((part) => part.init(variables)),
    // Each part checks its own state.
    update: (updates, state, variables, objective) =>
      parts.reduce((u, part, i) => part.update(u, stateOf(state, i), variables, objective), [...updates]),
    tick: (state, step) => parts.forEach((part, i) => part.tick(stateOf(state, i), step)),
  });
}

/** The state of link `i`; undefined if `state` is not the list that `init` returned. */
const stateOf = (state: readonly OptimizerState[] | null | undefined, i: number): OptimizerState => (state ?? [])[i]!;

/** The stages that the links take and return together. */
function stagesOf(parts: readonly GradientTransformation[]): Pick<GradientTransformation, 'takes' | 'gives'> {
  let takes: UpdateStage | undefined;
  let gives: UpdateStage | undefined;
  for (const [i, part] of parts.entries()) {
    const stage = gives ?? takes;
    if (stage && part.takes && part.takes !== stage) {
      const side = stage === 'steps' ? 'before' : 'after';
      throw new OptionError(`chain: \`parts[${i}]\` must come ${side} the learning rate, got ${part.name}`);
    }
    takes = stage ? takes : part.takes;
    gives = part.gives ?? gives;
  }
  return { takes, gives };
}
