import { checkOptions } from '@chainrule/errors/check';
import {
  defineLayer,
  type InputShape,
  type Layer,
  nameCheck,
  type NameOption,
  type ShapeRule,
} from '@chainrule/layers-core';
import { type FlattenShape, reshape } from '@chainrule/tensor';
import { sizeOf } from '@chainrule/tensor/graph';

/** `[batch, ...rest]` to `[batch, product of the rest]`. */
export interface FlattenRule extends ShapeRule {
  readonly output: FlattenShape<InputShape<this>>;
}

/**
 * Flattens all axes after the batch: `[batch, …]` to `[batch, features]`.
 *
 * @example
 * flatten().outputShape([[32, 13, 13, 28]]); // => 32,4732
 */
export function flatten(options: NameOption = {}): Layer<FlattenRule> {
  checkOptions('flatten', options, nameCheck);
  return defineLayer<FlattenRule>({
    type: 'flatten',
    name: options.name,
    args: [options],
    outputShape: ([batch, ...rest]) => [batch!, sizeOf(rest)],
    call: (x) => reshape(x, [x.shape[0], sizeOf(x.shape.slice(1))]),
    passesMask: false,
  });
}
