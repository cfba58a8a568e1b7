import { map, scalar as e, type Variable } from '@chainrule/tensor';
import { aLearningRate, learningRateVariable, setLearningRate } from './learningRate.ts';
import type { Optimizer, Schedule } from './optimizer.ts';
import { widestDType } from './widestDType.ts';

/**
 * The last step of every optimizer: −learningRate · update. The rate is a variable, `state.learningRate`: float64 if any
 * trained variable is float64, else float32. A schedule assigns it before each step; you may assign a constant rate by hand.
 *
 * @param learningRate - a number, or a schedule
 * @throws OptionError for a rate that is negative or not finite
 * @example
 * const rate = scaleByLearningRate(0.5);
 * rate.update([tensor([2])], rate.init([]), [])[0].toArray(); // => -1
 */
export function scaleByLearningRate(learningRate: number | Schedule): Optimizer<{ readonly learningRate: Variable }> {
  aLearningRate('scaleByLearningRate', 'learningRate', learningRate);
  return {
    name: 'scaleByLearningRate',
    init: (variables) => ({ learningRate: learningRateVariable(learningRate, widestDType(variables)) }),
    tick: (state, step) => setLearningRate(state.learningRate, learningRate, step),
    update: (updates, { learningRate: rate }) =>
      updates.map((u) => map((x, r) => e.neg(e.mul(e.cast(r, u.dtype), x)), [u, rate.value])),
  };
}
