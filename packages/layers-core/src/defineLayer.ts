import { OptionError } from '@chainrule/errors';
import { aBoolean, aFunction, type Checks, checkOptions } from '@chainrule/errors/check';
import type { Shape, Tensor } from '@chainrule/tensor';
import { defineMultiLayer, multiLayerChecks, type WeightBuilder } from './defineMultiLayer.ts';
import type { Layer, LayerContext } from './layer.ts';
import type { ShapeRule } from './shapeRule.ts';

/** A layer with one input and one output; see {@link Layer} for the rest. */
export interface LayerSpec {
  readonly type: string;
  /** Default the type. A model numbers layers with equal names. */
  readonly name?: string | undefined;
  /** The arguments of the factory. */
  readonly args: readonly unknown[];
  outputShape(input: Shape): Shape;
  /** Creates the weights with `at.weight`. */
  build?(input: Shape, at: WeightBuilder): void;
  /** Computes the output. `mask` is the mask of the input. */
  call(x: Tensor, context: LayerContext, mask?: Tensor): Tensor;
  /** Whether the output has the mask of the input; false if the layer joins or moves steps. Default true. */
  readonly passesMask?: boolean;
  /** Computes the mask of the output; replaces `passesMask`. */
  mask?(x: Tensor, mask?: Tensor): Tensor | undefined;
}

/**
 * Creates a layer with one input and one output. The layer stores its variables with their penalties and constraints,
 * passes masks on, and throws clear errors if it is used before it is built or with another shape. For several inputs
 * or outputs, use `defineMultiLayer`.
 *
 * @param spec - the parts that differ between layers
 * @example
 * const double = defineLayer({ type: 'double', args: [], outputShape: (s) => s, call: (x) => mul(x, 2) });
 * double.outputShape([[32, 10]]); // => 32,10
 */
export function defineLayer<R extends ShapeRule = ShapeRule>(spec: LayerSpec): Layer<R> {
  checkOptions('defineLayer', spec, layerChecks, 'type', 'args', 'outputShape', 'call');
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

const layerChecks: Checks<LayerSpec> = /* @__PURE__ */ (() => ({
  ...multiLayerChecks,
  passesMask: aBoolean,
  mask: aFunction,
}))();

function only<T>(name: string, inputs: readonly T[]): T {
  if (inputs.length !== 1) throw new OptionError(`${name}: \`inputs\` must hold one input, got ${inputs.length}`);
  return inputs[0]!;
}
