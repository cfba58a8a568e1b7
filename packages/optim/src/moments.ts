import { ShapeError } from '@chainrule/errors';
import { type FloatDType, full, map, scalar as e, tensor, type Tensor, Variable } from '@chainrule/tensor';

/** One variable of the optimizer for each that it trains, filled with `value`. */
export function moments(optimizer: string, key: string, variables: readonly Variable[], value = 0): Variable[] {
  return variables.map(
    (v) => new Variable(full(v.shape, value, v.dtype), { name: `${optimizer}/${key}/${v.name}`, trainable: false }),
  );
}

/** The number of steps taken. */
export function stepCounter(optimizer: string): Variable {
  return new Variable(tensor(0, [], 'int32'), { name: `${optimizer}/step`, trainable: false });
}

/** Counts a step; returns its number, from 1. */
export function countStep(step: Variable): Tensor {
  step.assign(map((t) => e.add(t, 1), [step.value]));
  return step.value;
}

/** 1 − βᵗ as −expm1(t ln β), which keeps its digits in float32. */
export function biasCorrection(beta: number, step: Tensor, dtype: FloatDType): Tensor {
  return map(
    (t) => (beta === 0 ? e.cast(e.min(t, 1), dtype) : e.neg(e.expm1(e.mul(e.cast(t, dtype), Math.log(beta))))),
    [step],
  );
}

/** old ← β · old + (1 − β) · of(g); returns the new value. */
export function follow(old: Variable, g: Tensor, beta: number, of: (x: e.Scalar) => e.Scalar = (x) => x): Tensor {
  old.assign(map((o, x) => e.add(e.mul(o, beta), e.mul(of(x), 1 - beta)), [old.value, g]));
  return old.value;
}

export function checkCount(optimizer: string, updates: readonly Tensor[], expected: number): void {
  if (updates.length !== expected)
    throw new ShapeError(`${optimizer}: expects ${expected} gradients, got ${updates.length}`);
}
