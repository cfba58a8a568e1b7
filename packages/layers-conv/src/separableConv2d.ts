import { aCount, checkOptions } from '@chainrule/errors/check';
import {
  aConstraint,
  addBias,
  anInitializer,
  aRegularizer,
  biasWeight,
  type Constraint,
  defineLayer,
  expectRank,
  glorotUniform,
  type Initializer,
  type Layer,
  type Regularizer,
  type SeparableConv2dRule,
} from '@chainrule/layers-core';
import { type Padding, type PerAxis2d, perAxis, separableConv2d as convolve, type Variable } from '@chainrule/tensor';
import { convolvedSizes, windowOf } from './convolutionLayer.ts';
import { depthwiseChecks, type DepthwiseOptions } from './depthwiseConv2d.ts';
import { layouts } from './spatial.ts';

/** Options of {@link separableConv2d}. */
export interface SeparableConv2dOptions<
  F extends number = number,
  K extends PerAxis2d = PerAxis2d,
  S extends PerAxis2d = PerAxis2d,
  P extends Padding = Padding,
  D extends PerAxis2d = PerAxis2d,
> extends DepthwiseOptions<K, S, P, D> {
  /** Number of outputs at each position. */
  readonly filters: F;
  /** Default Glorot's uniform. */
  readonly pointwiseInitializer?: Initializer;
  /** What the second kernel adds to the loss. Default none. */
  readonly pointwiseRegularizer?: Regularizer;
  /** Where the second kernel is put back to after each step. Default none. */
  readonly pointwiseConstraint?: Constraint;
}

/**
 * Convolution of each channel by itself, then of all channels at each place (Chollet 2017): `[batch, height, width,
 * channels]` to `[batch, height, width, filters]`.
 *
 * y = activation(x ∗ depthwiseKernel ∗ pointwiseKernel + bias), with kernels `[…kernelSize, channels, depthMultiplier]`
 * and `[1, 1, channels · depthMultiplier, filters]`
 *
 * @param options - as Keras' SeparableConv2D
 * @throws OptionError for bad options; ShapeError for other inputs than images, or a window larger than they are
 * @example
 * separableConv2d({ filters: 16, kernelSize: 3 }).outputShape([[32, 28, 28, 4]]); // => 32,26,26,16
 */
export function separableConv2d<
  const F extends number,
  const K extends PerAxis2d,
  const S extends PerAxis2d = 1,
  const P extends Padding = 'valid',
  const D extends PerAxis2d = 1,
>(options: SeparableConv2dOptions<F, K, S, P, D>): Layer<SeparableConv2dRule<F, K, S, P, D>> {
  checkOptions<SeparableConv2dOptions>(
    'separableConv2d',
    options,
    {
      ...depthwiseChecks,
      filters: aCount,
      pointwiseInitializer: anInitializer,
      pointwiseRegularizer: aRegularizer,
      pointwiseConstraint: aConstraint,
    },
    'filters',
  );
  const type = 'separableConv2d';
  const {
    filters,
    depthMultiplier = 1,
    activation,
    depthwiseInitializer = glorotUniform,
    pointwiseInitializer = glorotUniform,
  } = options;
  aCount(type, 'depthMultiplier', depthMultiplier);
  const size = perAxis(type, 'kernelSize', options.kernelSize, 2);
  let depthwise: Variable;
  let pointwise: Variable;
  let bias: Variable | undefined;
  return defineLayer<SeparableConv2dRule<F, K, S, P, D>>({
    type,
    name: options.name,
    args: [options],
    outputShape(input) {
      expectRank(type, input, layouts[2]);
      return [input[0]!, ...convolvedSizes(type, input, size, windowOf(type, 2, size, options)), filters];
    },
    build(input, at) {
      const [first, second] = [
        { regularizer: options.depthwiseRegularizer, constraint: options.depthwiseConstraint },
        { regularizer: options.pointwiseRegularizer, constraint: options.pointwiseConstraint },
      ];
      depthwise = at.weight('depthwiseKernel', [...size, input[3]!, depthMultiplier], depthwiseInitializer, first);
      pointwise = at.weight(
        'pointwiseKernel',
        [1, 1, input[3]! * depthMultiplier, filters],
        pointwiseInitializer,
        second,
      );
      bias = biasWeight(at, filters, options);
    },
    call: (x) =>
      addBias(convolve(x, depthwise.value, pointwise.value, windowOf(type, 2, size, options)), bias, activation),
    passesMask: false,
  });
}
