import {
  aLayer,
  defineLayer,
  type Layer,
  nameCheck,
  type ShapeRule,
  type TimeDistributedRule,
} from '@chainrule/layers-core';
import { ShapeError, showShape } from '@chainrule/errors';
import { checkOptions } from '@chainrule/errors/check';
import { reshape, type Shape } from '@chainrule/tensor';

/**
 * The same layer at every step: `[batch, time, …]` to `[batch, time, …]`. Batch and time are one axis for it.
 *
 * @param layer - with one input and one output, such as a convolution for each image of a film
 * @throws ShapeError for inputs without a time axis
 * @example
 * timeDistributed(dense(4)).outputShape([[2, 5, 3]]); // => 2,5,4
 */
export function timeDistributed<R extends ShapeRule>(
  layer: Layer<R>,
  options: { readonly name?: string } = {},
): Layer<TimeDistributedRule<R>> {
  aLayer('timeDistributed', 'layer', layer);
  checkOptions('timeDistributed', options, nameCheck);
  const type = 'timeDistributed';
  const joined = ([batch, time, ...rest]: Shape): Shape => {
    if (batch === undefined || time === undefined)
      throw new ShapeError(
        `${options.name ?? type}: expects rank 2 or more [batch,time,…], got ${showShape(batch === undefined ? [] : [batch])}`,
      );
    return [batch * time, ...rest];
  };
  return defineLayer<TimeDistributedRule<R>>({
    type,
    name: options.name,
    args: [layer, options],
    outputShape: (input) => [...input.slice(0, 2), ...layer.outputShape([joined(input)])[0]!.slice(1)],
    build: (input, at) => at.layer('layer', layer, [joined(input)]),
    call(x, context) {
      const y = layer.call([{ data: reshape(x, joined(x.shape)) }], context)[0]!.data;
      return reshape(y, [...x.shape.slice(0, 2), ...y.shape.slice(1)]);
    },
  });
}
