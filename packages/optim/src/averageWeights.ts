import { StateError } from '@chainrule/errors';
import { belowOne, checkOptions } from '@chainrule/errors/check';
import { add, Variable } from '@chainrule/tensor';
import { treeLeaves } from '@chainrule/tensor/graph';
import { exponentialMovingAverage } from './state.ts';
import { defineTransformation, type Optimizer, type OptimizerState, variableList } from './transformation.ts';

/** Options of {@link averageWeights}. */
export interface AverageWeightsOptions {
  /** Decay of the averages. Default 0.99, as in Keras. */
  readonly decay?: number;
}

/** The state of {@link averageWeights}: the averages. */
export type AverageWeightsState = { readonly average: readonly Variable[] };

/**
 * Keeps an exponential moving average of the weights, which often generalizes better than the last weights. Put it at the end
 * of a chain. It passes steps on unchanged; {@link swapAverages} puts the averages into the model.
 *
 * a ← decay · a + (1 − decay) · w, with w after the step; a starts as the first weights (Polyak and Juditsky 1992)
 *
 * @param options - `decay` (0.99)
 * @throws OptionError for a decay outside [0, 1)
 * @example
 * const w = new Variable(tensor([0]));
 * const optimizer = chain(sgd({ learningRate: 1 }), averageWeights({ decay: 0.5 }));
 * const state = optimizer.init([w]);
 * applyUpdates([w], optimizer.update([tensor([-4])], state, [w]));
 * swapAverages(state, [w]);
 * w.value.item(); // => 2
 */
export function averageWeights(options: AverageWeightsOptions = {}): Optimizer<AverageWeightsState> {
  checkOptions('averageWeights', options, { decay: belowOne });
  const { decay = 0.99 } = options;
  return defineTransformation<AverageWeightsState>({
    name: 'averageWeights',
    keeps: { average: 'each' },
    takes: 'steps',
    uses: ['variables'],
    gives: 'steps',
    init: (variables) => ({
      average: variables.map((v) => new Variable(v.value, { name: `${key}/${v.name}`, trainable: false })),
    }),
    update(steps, { average }, variables) {
      steps.forEach((u, i) => exponentialMovingAverage(average[i]!, add(variables[i]!.value, u), decay));
      return [...steps];
    },
  });
}

const key = 'averageWeights/average';

/**
 * Exchanges the weights with their averages. Call it before an evaluation, and again afterwards to continue training.
 *
 * @param state - the state of an optimizer with {@link averageWeights}, such as `trainer.optimizerState`
 * @param variables - the variables of the optimizer's `init`, such as `trainer.model.trainableVariables()`
 * @throws StateError if the state does not hold an average of each variable
 */
export function swapAverages(state: OptimizerState, variables: readonly Variable[]): void {
  variableList('swapAverages', 'variables', variables);
  const averages: readonly Variable[] = treeLeaves(state).flatMap(({ leaf }) =>
    leaf instanceof Variable && leaf.name.startsWith(`${key}/`) ? [leaf] : [],
  );
  if (averages.length !== variables.length)
    throw new StateError(
      `swapAverages: \`state\` must hold an average of each of the ${variables.length} variables, got ${averages.length}; put \`averageWeights()\` at the end of the optimizer's chain`,
    );
  variables.forEach((variable, i) => {
    const { value } = variable;
    variable.assign(averages[i]!.value);
    averages[i]!.assign(value);
  });
}
