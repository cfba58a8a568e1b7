import { type FloatDType, full, map, scalar as e, tensor, type Tensor, Variable } from '@chainrule/tensor';

/** A state variable for each trained variable, of the same shape and dtype, filled with `value`. */
export function accumulators(owner: string, key: string, variables: readonly Variable[], value = 0): Variable[] {
  return variables.map(
    (v) => new Variable(full(v.shape, value, v.dtype), { name: `${owner}/${key}/${v.name}`, trainable: false }),
  );
}

/** The number of steps taken. */
export function stepCounter(owner: string): Variable {
  return new Variable(tensor(0, [], 'int32'), { name: `${owner}/step`, trainable: false });
}

/** Counts a step. Returns its number, from 1. */
export function countStep(step: Variable): Tensor {
  step.assign(map((t) => e.add(t, 1), [step.value]));
  return step.value;
}

/** 1 − βᵗ, computed as −expm1(t ln β), which loses no digits in float32. */
export function biasCorrection(beta: number, step: Tensor, dtype: FloatDType): Tensor {
  return map(
    (t) => (beta === 0 ? e.cast(e.min(t, 1), dtype) : e.neg(e.expm1(e.mul(e.cast(t, dtype), Math.log(beta))))),
    [step],
  );
}

/** Updates an exponential moving average: a ← β · a + (1 − β) · of(x). Returns the new average. */
export function exponentialMovingAverage(
  average: Variable,
  x: Tensor,
  beta: number,
  of: (x: e.Scalar) => e.Scalar = (value) => value,
): Tensor {
  average.assign(map((a, v) => e.add(e.mul(a, beta), e.mul(of(v), 1 - beta)), [average.value, x]));
  return average.value;
}

/** x² */
export const square = (x: e.Scalar): e.Scalar => e.mul(x, x);
