import { OptionError, showValue } from '@chainrule/errors';
import { type Check, checkThat } from '@chainrule/errors/check';
import { type FloatDType, tensor, Variable } from '@chainrule/tensor';
import type { Schedule } from './transformation.ts';

/** The names of the variables that hold a learning rate. A schedule assigns its variable before each step. */
export const rateNames = { constant: 'learningRate', scheduled: 'scheduledLearningRate' } as const;

/** Makes a variable with the rate of step 0. */
export function learningRateVariable(rate: number | Schedule, dtype: FloatDType): Variable {
  return new Variable(tensor(rateAt(rate, 0), [], dtype), {
    name: rateNames[typeof rate === 'function' ? 'scheduled' : 'constant'],
    trainable: false,
  });
}

/** Assigns the schedule's value for a step. Leaves a constant rate alone, so that users may assign their own. */
export function setLearningRate(variable: Variable, rate: number | Schedule, step: number): void {
  if (typeof rate === 'function') variable.assign(tensor(rateAt(rate, step), [], variable.dtype as FloatDType));
}

function rateAt(rate: number | Schedule, step: number): number {
  const value = typeof rate === 'function' ? rate(step) : rate;
  if (!(Number.isFinite(value) && value >= 0)) {
    throw new OptionError(
      `learningRate: must be a finite number of at least 0, got ${showValue(value)} at step ${step}`,
    );
  }
  return value;
}

/** A number or a schedule. */
export const aLearningRate: Check = /* @__PURE__ */ checkThat(
  'a finite number of at least 0 or a schedule',
  (value) => typeof value === 'function' || (Number.isFinite(value) && (value as number) >= 0),
);
