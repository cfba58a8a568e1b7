import { aCount, anything, checkOptions, type Checks, checkThat } from '@chainrule/errors/check';
import {
  aConstraint,
  addBias,
  anInitializer,
  aRegularizer,
  biasChecks,
  type BiasOptions,
  biasWeight,
  type Constraint,
  defineLayer,
  type DepthwiseConv2dRule,
  expectRank,
  glorotUniform,
  type Initializer,
  type Layer,
  type Regularizer,
} from '@chainrule/layers-core';
import { depthwiseConv2d as convolve, type Padding, type PerAxis2d, perAxis, type Variable } from '@chainrule/tensor';
import { convolvedSizes, windowOf } from './convolutionLayer.ts';
import { layouts } from './spatial.ts';

/** What a convolution of each channel by itself can be told. */
export interface DepthwiseOptions<
  K extends PerAxis2d = PerAxis2d,
  S extends PerAxis2d = PerAxis2d,
  P extends Padding = Padding,
  D extends PerAxis2d = PerAxis2d,
  M extends number = number,
> extends BiasOptions {
  /** Height and width of the window. */
  readonly kernelSize: K;
  /** Default 1. */
  readonly strides?: S;
  /** Default 'valid'. */
  readonly padding?: P;
  /** Default 1. */
  readonly dilations?: D;
  /** Outputs of each channel. Default 1. */
  readonly depthMultiplier?: M;
  /** Default Glorot's uniform. */
  readonly depthwiseInitializer?: Initializer;
  /** What the kernel adds to the loss. Default none. */
  readonly depthwiseRegularizer?: Regularizer;
  /** Where the kernel is put back to after each step. Default none. */
  readonly depthwiseConstraint?: Constraint;
}

/** Options of {@link depthwiseConv2d}. */
export type DepthwiseConv2dOptions<
  K extends PerAxis2d = PerAxis2d,
  S extends PerAxis2d = PerAxis2d,
  P extends Padding = Padding,
  D extends PerAxis2d = PerAxis2d,
  M extends number = number,
> = DepthwiseOptions<K, S, P, D, M>;

/**
 * Convolution of each channel by itself: `[batch, height, width, channels]` to
 * `[batch, height, width, channels · depthMultiplier]`.
 *
 * y = activation(x ∗ kernel + bias) with kernel `[…kernelSize, channels, depthMultiplier]`
 *
 * @param options - as Keras' DepthwiseConv2D
 * @throws OptionError for bad options; ShapeError for other inputs than images, or a window larger than they are
 * @example
 * depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2 }).outputShape([[32, 28, 28, 4]]); // => 32,26,26,8
 */
const aSize = /* @__PURE__ */ checkThat('a positive integer or 2 of them', (value) => value !== undefined);

/** Checks of the options that depthwise and separable convolutions share. */
export const depthwiseChecks: Checks<DepthwiseOptions> = /* @__PURE__ */ (() => ({
  ...biasChecks,
  kernelSize: aSize,
  strides: anything,
  padding: anything,
  dilations: anything,
  depthMultiplier: aCount,
  depthwiseInitializer: anInitializer,
  depthwiseRegularizer: aRegularizer,
  depthwiseConstraint: aConstraint,
}))();

export function depthwiseConv2d<
  const K extends PerAxis2d,
  const S extends PerAxis2d = 1,
  const P extends Padding = 'valid',
  const D extends PerAxis2d = 1,
  const M extends number = 1,
>(options: DepthwiseConv2dOptions<K, S, P, D, M>): Layer<DepthwiseConv2dRule<M, K, S, P, D>> {
  checkOptions<DepthwiseOptions>('depthwiseConv2d', options, depthwiseChecks, 'kernelSize');
  const type = 'depthwiseConv2d';
  const {
    activation,
    depthwiseInitializer = glorotUniform,
    depthwiseRegularizer: regularizer,
    depthwiseConstraint: constraint,
  } = options;
  const multiplier: number = options.depthMultiplier ?? 1;
  aCount(type, 'depthMultiplier', multiplier);
  const size = perAxis(type, 'kernelSize', options.kernelSize, 2);
  let kernel: Variable;
  let bias: Variable | undefined;
  return defineLayer<DepthwiseConv2dRule<M, K, S, P, D>>({
    type,
    name: options.name,
    args: [options],
    outputShape(input) {
      expectRank(type, input, layouts[2]);
      return [
        input[0]!,
        ...convolvedSizes(type, input, size, windowOf(type, 2, size, options)),
        input[3]! * multiplier,
      ];
    },
    build(input, at) {
      kernel = at.weight('kernel', [...size, input[3]!, multiplier], depthwiseInitializer, { regularizer, constraint });
      bias = biasWeight(at, input[3]! * multiplier, options);
    },
    call: (x) => addBias(convolve(x, kernel.value, windowOf(type, 2, size, options)), bias, activation),
    passesMask: false,
  });
}
