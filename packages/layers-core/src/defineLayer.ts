import { OptionError } from '@chainrule/errors';
import type { Shape, Tensor } from '@chainrule/tensor';
import { defineMultiLayer, type WeightBuilder } from './defineMultiLayer.ts';
import type { Context, Layer } from './layer.ts';
import type { ShapeRule } from './shapeRule.ts';

/** A layer with one input and one output; see {@link Layer} for the rest. */
export interface LayerSpec {
  readonly type: string;
  /** By default the type. A model numbers layers of equal names. */
  readonly name?: string | undefined;
  /** The arguments that the layer was made with. */
  readonly args: readonly unknown[];
  outputShape(input: Shape): Shape;
  /** Makes the weights with `at.weight`. */
  build?(input: Shape, at: WeightBuilder): void;
  /** `mask` is that of the input's steps. */
  call(x: Tensor, context: Context, mask?: Tensor): Tensor;
  /** Whether the mask goes on with the output: not where steps are joined or moved. Default true. */
  readonly passesMask?: boolean;
  /** The mask of the output, in the place of `passesMask`, for a layer that makes one. */
  mask?(x: Tensor, mask?: Tensor): Tensor | undefined;
}

/**
 * Makes a layer with one input and one output of its parts: keeps the variables with their penalties and constraints,
 * passes masks on, and says what is wrong when it is used before it is built or with another shape. For several inputs or
 * outputs there is `defineMultiLayer`, which this is made of.
 *
 * @param spec - the layer's own parts
 * @example
 * const double = defineLayer({ type: 'double', args: [], outputShape: (s) => s, call: (x) => mul(x, 2) });
 * double.outputShape([[32, 10]]); // => 32,10
 */
export function defineLayer<R extends ShapeRule = ShapeRule>(spec: LayerSpec): Layer<R> {
  const { type, name = spec.type, args, passesMask = true } = spec;
  return defineMultiLayer<R>({
    type,
    name,
    args,
    outputShape: (inputs) => [spec.outputShape(only(name, inputs))],
    ...(spec.build && { build: (inputs, at) => spec.build!(only(name, inputs), at) }),
    call(inputs, context) {
      const { data: x, mask } = only(name, inputs);
      const data = spec.call(x, context, mask);
      const kept = spec.mask ? spec.mask(x, mask) : passesMask ? mask : undefined;
      return [{ data, ...(kept && { mask: kept }) }];
    },
  });
}

function only<T>(name: string, inputs: readonly T[]): T {
  if (inputs.length !== 1) throw new OptionError(`${name}: takes one input, got ${inputs.length}`);
  return inputs[0]!;
}
