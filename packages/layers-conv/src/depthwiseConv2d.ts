import { aCount, anything, checkOptions, type Checks, checkThat } from '@chainrule/errors/check';
import {
  aConstraint,
  addBias,
  anInitializer,
  aRegularizer,
  biasChecks,
  type BiasOptions,
  biasWeight,
  checkRank,
  type Constraint,
  defineLayer,
  glorotUniform,
  type Initializer,
  type InputShape,
  type Layer,
  type Regularizer,
  type ShapeRule,
} from '@chainrule/layers-core';
import {
  type FloatDType,
  depthwiseConv2d as depthwiseConv2dOp,
  type Multiply,
  type Padding,
  type PerAxis2d,
  type Shape,
  type Variable,
  type WindowShape,
} from '@chainrule/tensor';
import { perAxis } from '@chainrule/tensor/graph';
import { layouts } from './spatial.ts';
import { convolvedSizes, windowOf } from './window.ts';

/** Options of the depthwise part of a convolution. */
export interface DepthwiseOptions<
  K extends PerAxis2d = PerAxis2d,
  S extends PerAxis2d = PerAxis2d,
  P extends Padding = Padding,
  D extends PerAxis2d = PerAxis2d,
  M extends number = number,
> extends BiasOptions {
  /** Height and width of the window. */
  readonly kernelSize: K;
  /** Step of the window. Default 1. */
  readonly strides?: S;
  /** 'valid', 'same', 'full', or `[before, after]` for each spatial axis. Default 'valid'. */
  readonly padding?: P;
  /** Distance between the cells of the window. Default 1. */
  readonly dilations?: D;
  /** Number of outputs for each input channel. Default 1. */
  readonly depthMultiplier?: M;
  /** Initial values of the depthwise kernel. Default `glorotUniform`. */
  readonly depthwiseInitializer?: Initializer;
  /** Penalty on the depthwise kernel, added to the loss. Default none. */
  readonly depthwiseRegularizer?: Regularizer;
  /** Constraint applied to the depthwise kernel after each update. Default none. */
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

/** `[batch, height, width, channels]` to `[batch, ...positions, channels · M]`. */
export interface DepthwiseConv2dRule<M extends number, K, S, P, D> extends ShapeRule {
  readonly takes: FloatDType;
  readonly output: WindowShape<
    InputShape<this>,
    2,
    Multiply<Channels<InputShape<this>>, M>,
    K,
    S,
    P,
    D,
    'depthwiseConv2d'
  >;
}
type Channels<S extends Shape> = S extends readonly [...Shape, infer C extends number] ? C : number;

/**
 * Depthwise convolution, in which each channel has a kernel of its own: `[batch, height, width, channels]` to
 * `[batch, height, width, channels · depthMultiplier]`.
 *
 * y = activation(x ∗ kernel + bias) with kernel `[...kernelSize, channels, depthMultiplier]`
 *
 * @param options - as Keras' DepthwiseConv2D
 * @throws OptionError for bad options; ShapeError for an input of another rank or smaller than the window
 * @example
 * depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2 }).outputShape([[32, 28, 28, 4]]); // => 32,26,26,8
 */
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
      checkRank(type, input, layouts[2]);
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
    call: (x) => addBias(depthwiseConv2dOp(x, kernel.value, windowOf(type, 2, size, options)), bias, activation),
    passesMask: false,
  });
}
