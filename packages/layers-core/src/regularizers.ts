import { checkOptions, numberThat } from '@chainrule/errors/check';
import { abs, add, mul, square, sum, type Tensor } from '@chainrule/tensor';
import type { Saved } from './saved.ts';

/** What a weight costs, so that training keeps it small. */
export interface Regularizer extends Saved {
  /** A scalar to be added to the loss. */
  readonly penalty: (weight: Tensor) => Tensor;
}

const absolutes = (weight: Tensor, factor: number): Tensor => mul(sum(abs(weight)), factor);
const squares = (weight: Tensor, factor: number): Tensor => mul(sum(square(weight)), factor);

const aFactor = /* @__PURE__ */ numberThat('finite and at least 0', (value) => value >= 0 && value < Infinity);

/**
 * factor · Σ |w|: drives weights to 0.
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
 * factor · Σ w²: keeps weights small. Without the ½ of some texts, as in Keras.
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
 * l1 · Σ |w| + l2 · Σ w².
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
