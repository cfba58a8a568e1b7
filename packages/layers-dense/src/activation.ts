import { activate, type Activation, defineLayer, type Layer, type SameRule } from '@chainrule/layers-core';

/**
 * An activation as a layer of its own.
 *
 * @param fn - an op, such as `relu`, or a function of one tensor to one of the same shape
 * @example
 * activation(relu).outputShape([[32, 10]]); // => 32,10
 */
export function activation(fn: Activation, options: { readonly name?: string } = {}): Layer<SameRule> {
  return defineLayer<SameRule>({
    type: 'activation',
    name: options.name,
    args: [fn, options],
    outputShape: (shape) => shape,
    call: (x) => activate(fn, x),
  });
}
