import { map, scalar as e, type Variable } from '@chainrule/tensor';
import { aLearningRate, learningRateVariable, setLearningRate } from './learningRate.ts';
import { defineTransformation, type Optimizer, type Schedule } from './transformation.ts';
import { widestDType } from './widestDType.ts';

/** The state of {@link scaleByLearningRate}: the rate, a scalar. */
export type LearningRateState = { readonly learningRate: Variable };

/**
 * Turns gradients into steps. It is the last link of most optimizers.
 *
 * −η · g
 *
 * The rate is a state variable: float64 if a trained variable is float64, else float32. A schedule assigns it before each
 * step. You may assign a constant rate yourself; `learningRateOf` finds the variable.
 *
 * @param learningRate - η, a number or a schedule
 * @throws OptionError for a rate that is negative or not finite
 * @example
 * const rate = scaleByLearningRate(0.5);
 * rate.update([tensor([2])], rate.init([]), [])[0].toArray(); // => -1
 */
export function scaleByLearningRate(learningRate: number | Schedule): Optimizer<LearningRateState> {
  aLearningRate('scaleByLearningRate', 'learningRate', learningRate);
  return defineTransformation({
    name: 'scaleByLearningRate',
    keeps: { learningRate: 'one' },
    takes: 'gradients',
    gives: 'steps',
    init: (variables) => ({ learningRate: learningRateVariable(learningRate, widestDType(variables)) }),
    tick: (state, step) => setLearningRate(state.learningRate, learningRate, step),
    update: (gradients, { learningRate: rate }) =>
      gradients.map((g) => map((x, r) => e.neg(e.mul(e.cast(r, g.dtype), x)), [g, rate.value])),
  });
}
