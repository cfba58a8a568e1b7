import { checkOptions } from '@chainrule/errors/check';
import {
  activate,
  type Activation,
  anActivation,
  defineLayer,
  type Layer,
  nameCheck,
  type NameOption,
  type SameShapeRule,
} from '@chainrule/layers-core';

/**
 * Applies an activation function.
 *
 * @param fn - an op, such as `relu`, or any function from a tensor to a tensor of the same shape
 * @example
 * activation(relu).outputShape([[32, 10]]); // => 32,10
 */
export function activation(fn: Activation, options: NameOption = {}): Layer<SameShapeRule> {
  anActivation('activation', 'fn', fn);
  checkOptions('activation', options, nameCheck);
  return defineLayer<SameShapeRule>({
    type: 'activation',
    name: options.name,
    args: [fn, options],
    outputShape: (shape) => shape,
    call: (x) => activate(fn, x),
  });
}
