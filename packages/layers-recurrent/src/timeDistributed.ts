import {
  aLayer,
  defineLayer,
  type InputShape,
  type Layer,
  nameCheck,
  type OutputShape,
  type ShapeRule,
} from '@chainrule/layers-core';
import { ShapeError, showShape } from '@chainrule/errors';
import { checkOptions } from '@chainrule/errors/check';
import { type IsDynamic, reshape, type Shape, type ShapeMistake, type Show } from '@chainrule/tensor';

/** `[batch, time, ...rest]` to `[batch, time, ...output]`, where `R` maps `[batch, ...rest]` to `[batch, ...output]`. */
export interface TimeDistributedRule<R extends ShapeRule> extends ShapeRule {
  readonly output: TimeDistributedShape<InputShape<this>, R>;
}
type TimeDistributedShape<S extends Shape, R extends ShapeRule> =
  IsDynamic<S> extends true
    ? Shape
    : S extends readonly [infer Batch extends number, infer Time extends number, ...infer Rest extends Shape]
      ? OutputShape<R, [number, ...Rest]> extends infer Output
        ? Output extends readonly [number, ...infer Step extends Shape]
          ? [Batch, Time, ...Step]
          : [Output] extends [ShapeMistake]
            ? Output
            : Shape
        : never
      : ShapeMistake<`timeDistributed: expects rank 2 or more [batch,time,…], got ${Show<S>}`>;

/**
 * Applies a layer to each step: `[batch, time, …]` to `[batch, time, …]`. The layer gets batch and time as one axis.
 *
 * @param layer - a layer with one input and one output, such as a convolution for each frame of a video
 * @throws ShapeError for an input without a time axis
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
