import { checkOptions, numberThat } from '@chainrule/errors/check';
import { abs, add, mul, square, sum, type Tensor } from '@chainrule/tensor';
import type { Saved } from './saved.ts';

/** A penalty on a weight that keeps it small. */
export interface Regularizer extends Saved {
  /** Returns the scalar that is added to the loss. */
  readonly penalty: (weight: Tensor) => Tensor;
}

const absolutes = (weight: Tensor, factor: number): Tensor => mul(sum(abs(weight)), factor);
const squares = (weight: Tensor, factor: number): Tensor => mul(sum(square(weight)), factor);

const aFactor = /* @__PURE__ */ numberThat('finite and at least 0', (value) => value >= 0 && value < Infinity);

/**
 * L1 penalty factor · Σ |w|, which drives weights to 0.
 *
 * @param factor - default 0.01, as Keras' L1
 * @throws OptionError for a negative factor
 * @example
 * l1(0.5).penalty(tensor([1, -3])).item(); // => 2
 */
export function l1(factor = 0.01): Regularizer {
  aFactor('l1', 'factor', factor);
  return { name: 'l1', args: [factor], penalty: (weight) => absolutes(weight, factor) };
}

/**
 * L2 penalty factor · Σ w², without the factor ½ of some texts, as in Keras.
 *
 * @param factor - default 0.01, as Keras' L2
 * @throws OptionError for a negative factor
 * @example
 * l2(0.5).penalty(tensor([1, -3])).item(); // => 5
 */
export function l2(factor = 0.01): Regularizer {
  aFactor('l2', 'factor', factor);
  return { name: 'l2', args: [factor], penalty: (weight) => squares(weight, factor) };
}

/**
 * The sum of both penalties: l1 · Σ |w| + l2 · Σ w².
 *
 * @param factors - default 0 each, as Keras' L1L2
 * @throws OptionError for a negative factor
 * @example
 * l1l2({ l1: 1, l2: 0.5 }).penalty(tensor([1, -3])).item(); // => 9
 */
export function l1l2(factors: { readonly l1?: number; readonly l2?: number } = {}): Regularizer {
  checkOptions('l1l2', factors, { l1: aFactor, l2: aFactor });
  const { l1: first = 0, l2: second = 0 } = factors;
  return { name: 'l1l2', args: [factors], penalty: (weight) => add(absolutes(weight, first), squares(weight, second)) };
}
