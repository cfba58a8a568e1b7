import type { Op, Tensor } from '@chainrule/tensor';

/** An op of one tensor, which is saved by name, or any other function of one tensor, which cannot be saved. */
export type Activation = Op<(x: Tensor) => Tensor> | ((x: Tensor) => Tensor);

/**
 * The name of an activation in a configuration; `null` for none.
 *
 * @example
 * activationName(relu); // => relu
 */
export function activationName(activation: Activation | undefined): string | null {
  if (!activation) return null;
  return 'op' in activation ? activation.op.name : activation.name || 'lambda';
}

/**
 * Applies an activation; without one, returns `x`.
 *
 * @example
 * activate(relu, tensor([-1, 1])).toArray(); // => 0,1
 */
export function activate(activation: Activation | undefined, x: Tensor): Tensor {
  return activation ? activation(x) : x;
}
