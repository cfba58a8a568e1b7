import type { Op, Tensor } from '@chainrule/tensor';

/** An op of one tensor, which serialises by its name, or a function of one's own, which does not. */
export type Activation = Op<(x: Tensor) => Tensor> | ((x: Tensor) => Tensor);

/**
 * The activation's name in a layer's configuration; `null` for none.
 *
 * @example
 * activationName(relu); // => relu
 */
export function activationName(activation: Activation | undefined): string | null {
  if (!activation) return null;
  return 'op' in activation ? activation.op.name : activation.name || 'lambda';
}

/**
 * Applies the activation, if there is one.
 *
 * @example
 * activate(relu, tensor([-1, 1])).toArray(); // => 0,1
 */
export function activate(activation: Activation | undefined, x: Tensor): Tensor {
  return activation ? activation(x) : x;
}
