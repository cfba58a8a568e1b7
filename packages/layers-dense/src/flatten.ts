import { defineLayer, type FlattenRule, type Layer } from '@chainrule/layers-core';
import { reshape, sizeOf } from '@chainrule/tensor';

/**
 * Joins all axes but the batch's: `[batch, …]` to `[batch, features]`.
 *
 * @example
 * flatten().outputShape([[32, 13, 13, 28]]); // => 32,4732
 */
export function flatten(options: { readonly name?: string } = {}): Layer<FlattenRule> {
  return defineLayer<FlattenRule>({
    type: 'flatten',
    name: options.name,
    args: [options],
    outputShape: ([batch, ...rest]) => [batch!, sizeOf(rest)],
    call: (x) => reshape(x, [x.shape[0]!, sizeOf(x.shape.slice(1))]),
    passesMask: false,
  });
}
