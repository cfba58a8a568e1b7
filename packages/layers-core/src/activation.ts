import { type Checks, checkOptions, checkThat } from '@chainrule/errors/check';
import type { Op, Tensor } from '@chainrule/tensor';
import type { Saved } from './saved.ts';

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
 * An activation with options, for every layer: `dense(10, { activation: activationWith(leakyRelu, { negativeSlope: 0.1 }) })`.
 * Unlike `(x) => leakyRelu(x, { negativeSlope: 0.1 })`, it is saved with the model.
 *
 * @param activation - an op of one tensor with options, such as `leakyRelu`, `elu`, `gelu`, `softmax`
 * @param options - the op's options
 * @throws OptionError if `activation` is not an op, or for options that it does not take
 * @example
 * activationWith(leakyRelu, { negativeSlope: 0.5 })(tensor([-2, 2])).toArray(); // => -1,2
 */
export function activationWith<Options extends object>(
  activation: Op<(x: Tensor, options?: Options) => Tensor>,
  options: Options,
): Op<(x: Tensor) => Tensor> & Saved {
  anOp('activationWith', 'activation', activation);
  const { op } = activation;
  checkOptions('activationWith', options, (op.options ?? {}) as Checks<Options>);
  const run = (x: Tensor): Tensor => activation(x, options);
  Object.defineProperty(run, 'name', { value: op.name });
  return Object.assign(run, { op, args: [options] });
}

const anOp = /* @__PURE__ */ checkThat(
  'an op with options such as `leakyRelu`',
  (value) => typeof value === 'function' && 'op' in value,
);

/**
 * Applies an activation; without one, returns `x`.
 *
 * @example
 * activate(relu, tensor([-1, 1])).toArray(); // => 0,1
 */
export function activate(activation: Activation | undefined, x: Tensor): Tensor {
  return activation ? activation(x) : x;
}
