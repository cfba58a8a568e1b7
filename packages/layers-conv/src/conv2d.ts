import {
  activate, type Activation, type Conv2dRule, defineLayer, expectCount, expectRank, glorotUniform, type Initializer, type Layer,
  zerosInitializer,
} from '@chainrule/layers-core';
import { OptionError } from '@chainrule/errors';
import { add, conv2d as convolve, type Padding, type PerAxis2d, perAxis, resolveWindow, type Variable, windowPositions } from '@chainrule/tensor';

/** Options of {@link conv2d}. */
export interface Conv2dOptions<
  F extends number = number,
  K extends PerAxis2d = PerAxis2d,
  S extends PerAxis2d = PerAxis2d,
  P extends Padding = Padding,
  D extends PerAxis2d = PerAxis2d,
> {
  /** Number of outputs at each position. */
  readonly filters: F;
  /** Height and width of the window. */
  readonly kernelSize: K;
  /** Default 1. */
  readonly strides?: S;
  /** Default 'valid'. */
  readonly padding?: P;
  /** Default 1. */
  readonly dilations?: D;
  /** Default 1. */
  readonly groups?: number;
  /** Default none. */
  readonly activation?: Activation;
  /** Default true. */
  readonly useBias?: boolean;
  /** Default Glorot's uniform. */
  readonly kernelInitializer?: Initializer;
  /** Default zeros. */
  readonly biasInitializer?: Initializer;
  readonly name?: string;
}

/**
 * Convolution over images: `[batch, height, width, channels]` to `[batch, height, width, filters]`.
 *
 * y = activation(x ∗ kernel + bias) with kernel `[…kernelSize, channels / groups, filters]`
 *
 * @param options - as Keras' Conv2D
 * @throws OptionError for bad options; ShapeError for other inputs than images, or a window larger than they are
 * @example
 * conv2d({ filters: 28, kernelSize: 3 }).outputShape([[32, 28, 28, 1]]); // => 32,26,26,28
 */
export function conv2d<
  const F extends number,
  const K extends PerAxis2d,
  const S extends PerAxis2d = 1,
  const P extends Padding = 'valid',
  const D extends PerAxis2d = 1,
>(options: Conv2dOptions<F, K, S, P, D>): Layer<Conv2dRule<F, K, S, P, D>> {
  const { filters, groups = 1, activation, useBias = true, kernelInitializer = glorotUniform, biasInitializer = zerosInitializer } = options;
  const { strides = 1, padding = 'valid', dilations = 1 } = options as Conv2dOptions;
  expectCount('conv2d', 'filters', filters);
  expectCount('conv2d', 'groups', groups);
  const size = perAxis('conv2d', 'kernelSize', options.kernelSize, 2);
  const window = { strides, padding, dilations };
  let kernel: Variable;
  let bias: Variable | undefined;
  return defineLayer<Conv2dRule<F, K, S, P, D>>({
    type: 'conv2d',
    name: options.name,
    args: [options],
    outputShape(input) {
      expectRank('conv2d', input, ['batch', 'height', 'width', 'channels']);
      if (input[3]! % groups !== 0 || filters % groups !== 0) {
        throw new OptionError(`conv2d: \`groups\` must divide the ${input[3]!} channels of the input and the ${filters} filters, got ${groups}`);
      }
      const spatial = input.slice(1, 3);
      return [input[0]!, ...windowPositions('conv2d', spatial, size, resolveWindow('conv2d', spatial, size, window)), filters];
    },
    build(input, at) {
      kernel = at.weight('kernel', [...size, input[3]! / groups, filters], kernelInitializer);
      if (useBias) bias = at.weight('bias', [filters], biasInitializer);
    },
    call(x) {
      const y = convolve(x, kernel.value, { ...window, groups });
      return activate(activation, bias ? add(y, bias.value) : y);
    },
  });
}
