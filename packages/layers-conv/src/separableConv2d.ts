import { aCount, checkOptions } from '@chainrule/errors/check';
import {
  aConstraint,
  addBias,
  anInitializer,
  aRegularizer,
  biasWeight,
  checkRank,
  type Constraint,
  defineLayer,
  glorotUniform,
  type Initializer,
  type Layer,
  type Regularizer,
} from '@chainrule/layers-core';
import { type Padding, type PerAxis2d, separableConv2d as separableConv2dOp, type Variable } from '@chainrule/tensor';
import { perAxis } from '@chainrule/tensor/graph';
import type { ConvolutionRule } from './convolution.ts';
import { depthwiseChecks, type DepthwiseOptions } from './depthwiseConv2d.ts';
import { layouts } from './spatial.ts';
import { convolvedSizes, windowOf } from './window.ts';

/** Options of {@link separableConv2d}. */
export interface SeparableConv2dOptions<
  F extends number = number,
  K extends PerAxis2d = PerAxis2d,
  S extends PerAxis2d = PerAxis2d,
  P extends Padding = Padding,
  D extends PerAxis2d = PerAxis2d,
> extends DepthwiseOptions<K, S, P, D> {
  /** Number of output channels. */
  readonly filters: F;
  /** Initial values of the pointwise kernel. Default `glorotUniform`. */
  readonly pointwiseInitializer?: Initializer;
  /** Penalty on the pointwise kernel, added to the loss. Default none. */
  readonly pointwiseRegularizer?: Regularizer;
  /** Constraint applied to the pointwise kernel after each update. Default none. */
  readonly pointwiseConstraint?: Constraint;
}

/**
 * Depthwise separable convolution: a depthwise convolution followed by a 1×1 convolution over the channels (Chollet 2017).
 * `[batch, height, width, channels]` to `[batch, height, width, filters]`.
 *
 * y = activation(x ∗ depthwiseKernel ∗ pointwiseKernel + bias), with kernels `[...kernelSize, channels, depthMultiplier]`
 * and `[1, 1, channels · depthMultiplier, filters]`
 *
 * @param options - as Keras' SeparableConv2D
 * @throws OptionError for bad options; ShapeError for an input of another rank or smaller than the window
 * @example
 * separableConv2d({ filters: 16, kernelSize: 3 }).outputShape([[32, 28, 28, 4]]); // => 32,26,26,16
 */
export function separableConv2d<
  const F extends number,
  const K extends PerAxis2d,
  const S extends PerAxis2d = 1,
  const P extends Padding = 'valid',
  const D extends PerAxis2d = 1,
>(options: SeparableConv2dOptions<F, K, S, P, D>): Layer<ConvolutionRule<2, F, K, S, P, D, 'separableConv2d'>> {
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
  return defineLayer<ConvolutionRule<2, F, K, S, P, D, 'separableConv2d'>>({
    type,
    name: options.name,
    args: [options],
    outputShape(input) {
      checkRank(type, input, layouts[2]);
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
      addBias(
        separableConv2dOp(x, depthwise.value, pointwise.value, windowOf(type, 2, size, options)),
        bias,
        activation,
      ),
    passesMask: false,
  });
}
