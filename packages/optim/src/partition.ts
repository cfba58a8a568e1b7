import { OptionError, showValue } from '@chainrule/errors';
import { aFunction, refuse } from '@chainrule/errors/check';
import type { Tensor, Variable } from '@chainrule/tensor';
import type { Objective } from './objective.ts';
import { anOptimizer, defineTransformation, type Optimizer, type OptimizerState } from './transformation.ts';

/** The state of {@link partition}: the state of each group's optimizer. */
export type PartitionState = { readonly [group: string]: OptimizerState };

/**
 * Trains groups of variables with separate optimizers, such as one with a smaller learning rate for pretrained layers.
 *
 * @param groupOf - returns the group of a variable, given its name and shape
 * @param optimizers - the optimizer of each group
 * @throws OptionError from `init` and `update` for a variable whose group has no optimizer
 * @example
 * const [kernel, bias] = [new Variable(tensor([[1]])), new Variable(tensor([1]))];
 * const optimizer = partition(({ shape }) => (shape.length > 1 ? 'kernels' : 'biases'), {
 *   kernels: sgd({ learningRate: 0.5 }),
 *   biases: sgd({ learningRate: 0.25 }),
 * });
 * const state = optimizer.init([kernel, bias]);
 * optimizer.update([tensor([[1]]), tensor([1])], state, [kernel, bias]).map((u) => u.item()); // => -0.5,-0.25
 */
export function partition(
  groupOf: (variable: Variable) => string,
  optimizers: Readonly<Record<string, Optimizer>>,
): Optimizer<PartitionState> {
  aFunction('partition', 'groupOf', groupOf);
  if (typeof optimizers !== 'object' || optimizers === null || Object.keys(optimizers).length === 0)
    refuse('partition', 'optimizers', 'an object such as { kernels: adamW(), biases: adam() }', optimizers);
  const groups = Object.entries(optimizers);
  for (const [name, optimizer] of groups) anOptimizer('partition', `optimizers.${name}`, optimizer);
  const placesOf = (variables: readonly Variable[]): Map<string, number[]> => {
    const places = new Map<string, number[]>(groups.map(([name]) => [name, []]));
    variables.forEach((variable, i) => {
      const group = groupOf(variable);
      const found = places.get(group);
      if (!found)
        throw new OptionError(
          `partition: \`groupOf\` must return one of ${[...places.keys()].join(', ')}, got ${showValue(group)} for ${variable.name || `variable ${i}`}`,
        );
      found.push(i);
    });
    return places;
  };
  return defineTransformation<PartitionState>({
    name: `partition(${groups.map(([name, optimizer]) => `${name}: ${optimizer.name}`).join(', ')})`,
    takes: 'gradients',
    gives: 'steps',
    keeps: Object.fromEntries(groups.map(([name]) => [name, 'state' as const])),
    uses: ['variables'],
    init(variables) {
      const places = placesOf(variables);
      return Object.fromEntries(
        groups.map(([name, optimizer]) => [name, optimizer.init(places.get(name)!.map((i) => variables[i]!))]),
      );
    },
    tick: (state, step) => groups.forEach(([name, optimizer]) => optimizer.tick(state[name]!, step)),
    update(updates, state, variables, objective) {
      const all = [...updates];
      const places = placesOf(variables);
      for (const [name, optimizer] of groups) {
        const at = places.get(name)!;
        const found = optimizer.update(
          at.map((i) => updates[i]!),
          state[name]!,
          at.map((i) => variables[i]!),
          objective && objectiveOfGroup(objective, variables, at),
        );
        at.forEach((i, k) => (all[i] = found[k]!));
      }
      return all;
    },
  });
}

/** The objective as a function of a group's variables, while the others keep their values. */
function objectiveOfGroup(objective: Objective, variables: readonly Variable[], at: readonly number[]): Objective {
  const all = (weights: readonly Tensor[]): Tensor[] => {
    const values = variables.map((v) => v.value);
    at.forEach((i, k) => (values[i] = weights[k]!));
    return values;
  };
  const pick = (tensors: readonly Tensor[]): Tensor[] => at.map((i) => tensors[i]!);
  return {
    value: objective.value,
    gradients: pick(objective.gradients),
    valueAt: (weights) => objective.valueAt(all(weights)),
    gradientsAt: (weights) => pick(objective.gradientsAt(all(weights))),
  };
}
