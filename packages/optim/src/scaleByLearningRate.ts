import { map, scalar as e, type Variable } from '@chainrule/tensor';
import { learningRateVariable, setLearningRate } from './learningRate.ts';
import type { Optimizer, Schedule } from './optimizer.ts';

/**
 * The last step of every optimizer: −learningRate · update. The rate is a variable, `state.learningRate`; a schedule puts
 * its value there before each step, a constant rate may be assigned by hand.
 *
 * @param learningRate - a number, or a schedule
 * @throws OptionError for a rate that is negative or not finite
 * @example
 * const rate = scaleByLearningRate(0.5);
 * rate.update([tensor([2])], rate.init([]), [])[0].toArray(); // => -1
 */
export function scaleByLearningRate(learningRate: number | Schedule): Optimizer<{ readonly learningRate: Variable }> {
  return {
    name: 'scaleByLearningRate',
    init: () => ({ learningRate: learningRateVariable(learningRate) }),
    tick: (state, step) => setLearningRate(state.learningRate, learningRate, step),
    update: (updates, { learningRate: rate }) => updates.map((u) => map((x, r) => e.neg(e.mul(e.cast(r, u.dtype), x)), [u, rate.value])),
  };
}
