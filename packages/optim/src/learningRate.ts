import { OptionError, showValue } from '@chainrule/errors';
import { tensor, Variable } from '@chainrule/tensor';
import type { Schedule } from './optimizer.ts';

/** A variable with the rate of step 0. */
export function learningRateVariable(rate: number | Schedule): Variable {
  return new Variable(tensor(rateAt(rate, 0), []), { name: 'learningRate', trainable: false });
}

/** Puts the schedule's value for a step into the variable; a constant rate is left, so that users may assign it. */
export function setLearningRate(variable: Variable, rate: number | Schedule, step: number): void {
  if (typeof rate === 'function') variable.assign(tensor(rateAt(rate, step), []));
}

function rateAt(rate: number | Schedule, step: number): number {
  const value = typeof rate === 'function' ? rate(step) : rate;
  if (!(Number.isFinite(value) && value >= 0)) {
    throw new OptionError(`learningRate: must be a finite number of at least 0, got ${showValue(value)} at step ${step}`);
  }
  return value;
}
