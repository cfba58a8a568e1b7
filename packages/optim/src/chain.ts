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

/** An optimizer if a link gives steps, with the list of the links' states. */
export type Chain<P extends readonly GradientTransformation[]> = [Extract<P[number], Optimizer>] extends [never]
  ? GradientTransformation<States<P>>
  : Optimizer<States<P>>;

/**
 * Joins transformations into one. Each gets the updates of the one before it. Its state is the list of their states, so two
 * links of one kind keep separate states. A chain without links leaves updates as they are.
 *
 * @param parts - optimizers and other transformations, in the order in which they see the gradients
 * @throws OptionError for a link that must come before the learning rate and follows it, or the reverse
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
    // The parts check their own states.
    update: (updates, state, variables, objective) =>
      parts.reduce((u, part, i) => part.update(u, stateOf(state, i), variables, objective), [...updates]),
    tick: (state, step) => parts.forEach((part, i) => part.tick(stateOf(state, i), step)),
  });
}

/** The state of link `i`; undefined if `state` is not the list that `init` returned. */
const stateOf = (state: readonly OptimizerState[] | null | undefined, i: number): OptimizerState => (state ?? [])[i]!;

/** What the links together take and give. */
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
