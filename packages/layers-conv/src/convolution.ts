import {
  addBias,
  biasWeight,
  checkRank,
  defineLayer,
  type InputShape,
  kernelChecks,
  type KernelOptions,
  kernelWeight,
  type Layer,
  type ShapeRule,
} from '@chainrule/layers-core';
import { OptionError } from '@chainrule/errors';
import { aCount, anything, checkOptions, type Checks } from '@chainrule/errors/check';
import {
  type FloatDType,
  conv1d as conv1dOp,
  conv2d as conv2dOp,
  conv3d as conv3dOp,
  type Padding,
  type PerAxis1d,
  type PerAxis2d,
  type PerAxis3d,
  type SpatialRank,
  type Tensor,
  type Variable,
  type WindowShape,
} from '@chainrule/tensor';
import { perAxis } from '@chainrule/tensor/graph';
import { layouts, type Numbers } from './spatial.ts';
import { type ConvolutionWindow, convolvedSizes, windowOf } from './window.ts';

/** Options of all convolution layers. */
export interface ConvolutionOptions<F, K, S, P, D> extends KernelOptions {
  /** Number of output channels. */
  readonly filters: F;
  /** Size of the window: one number for all spatial axes, or one for each. */
  readonly kernelSize: K;
  /** Step of the window. Default 1. */
  readonly strides?: S;
  /** 'valid', 'same', 'full', or `[before, after]` for each spatial axis; `conv1d` also takes 'causal'. Default 'valid'. */
  readonly padding?: P;
  /** Distance between the cells of the window. Default 1. */
  readonly dilations?: D;
  /** Number of groups of channels that are convolved independently. Default 1. */
  readonly groups?: number;
}

/** Options of {@link conv1d}. */
export type Conv1dOptions<
  F extends number = number,
  K extends PerAxis1d = PerAxis1d,
  S extends PerAxis1d = PerAxis1d,
  P extends Padding | 'causal' = Padding | 'causal',
  D extends PerAxis1d = PerAxis1d,
> = ConvolutionOptions<F, K, S, P, D>;

/** Options of {@link conv2d}. */
export type Conv2dOptions<
  F extends number = number,
  K extends PerAxis2d = PerAxis2d,
  S extends PerAxis2d = PerAxis2d,
  P extends Padding = Padding,
  D extends PerAxis2d = PerAxis2d,
> = ConvolutionOptions<F, K, S, P, D>;

/** Options of {@link conv3d}. */
export type Conv3dOptions<
  F extends number = number,
  K extends PerAxis3d = PerAxis3d,
  S extends PerAxis3d = PerAxis3d,
  P extends Padding = Padding,
  D extends PerAxis3d = PerAxis3d,
> = ConvolutionOptions<F, K, S, P, D>;

/** `[batch, ...spatial, channels]` to `[batch, ...positions, F]` over `N` spatial axes. `Name` is the layer's type. */
export interface ConvolutionRule<
  N extends SpatialRank,
  F extends number,
  K,
  S,
  P,
  D,
  Name extends string,
> extends ShapeRule {
  readonly takes: FloatDType;
  readonly output: WindowShape<InputShape<this>, N, F, K, S, P, D, Name>;
}

/**
 * Convolution over sequences: `[batch, width, channels]` to `[batch, width, filters]`.
 *
 * y = activation(x ∗ kernel + bias) with kernel `[...kernelSize, channels / groups, filters]`
 *
 * With padding 'causal', an output depends only on inputs at or before its position (van den Oord et al. 2016).
 *
 * @param options - as Keras' Conv1D
 * @throws OptionError for bad options; ShapeError for an input of another rank or smaller than the window
 * @example
 * conv1d({ filters: 28, kernelSize: 3, padding: 'causal' }).outputShape([[32, 100, 4]]); // => 32,100,28
 */
export function conv1d<
  const F extends number,
  const K extends PerAxis1d,
  const S extends PerAxis1d = 1,
  const P extends Padding | 'causal' = 'valid',
  const D extends PerAxis1d = 1,
>(options: Conv1dOptions<F, K, S, P, D>): Layer<ConvolutionRule<1, F, K, S, P, D, 'conv1d'>> {
  return convolutionLayer('conv1d', 1, (x, kernel, window) => conv1dOp(x, kernel, window), options);
}

/**
 * Convolution over images: `[batch, height, width, channels]` to `[batch, height, width, filters]`.
 *
 * y = activation(x ∗ kernel + bias) with kernel `[...kernelSize, channels / groups, filters]`
 *
 * @param options - as Keras' Conv2D
 * @throws OptionError for bad options; ShapeError for an input of another rank or smaller than the window
 * @example
 * conv2d({ filters: 28, kernelSize: 3 }).outputShape([[32, 28, 28, 1]]); // => 32,26,26,28
 */
export function conv2d<
  const F extends number,
  const K extends PerAxis2d,
  const S extends PerAxis2d = 1,
  const P extends Padding = 'valid',
  const D extends PerAxis2d = 1,
>(options: Conv2dOptions<F, K, S, P, D>): Layer<ConvolutionRule<2, F, K, S, P, D, 'conv2d'>> {
  return convolutionLayer('conv2d', 2, (x, kernel, window) => conv2dOp(x, kernel, window), options);
}

/**
 * Convolution over volumes or videos: `[batch, depth, height, width, channels]` to `[batch, depth, height, width, filters]`.
 *
 * y = activation(x ∗ kernel + bias) with kernel `[...kernelSize, channels / groups, filters]`
 *
 * @param options - as Keras' Conv3D
 * @throws OptionError for bad options; ShapeError for an input of another rank or smaller than the window
 * @example
 * conv3d({ filters: 8, kernelSize: 3 }).outputShape([[2, 16, 16, 16, 1]]); // => 2,14,14,14,8
 */
export function conv3d<
  const F extends number,
  const K extends PerAxis3d,
  const S extends PerAxis3d = 1,
  const P extends Padding = 'valid',
  const D extends PerAxis3d = 1,
>(options: Conv3dOptions<F, K, S, P, D>): Layer<ConvolutionRule<3, F, K, S, P, D, 'conv3d'>> {
  return convolutionLayer('conv3d', 3, (x, kernel, window) => conv3dOp(x, kernel, window), options);
}

type AnyConvolution = ConvolutionOptions<number, Numbers, Numbers, Padding | 'causal', Numbers>;

const convolutionChecks: Checks<AnyConvolution> = /* @__PURE__ */ (() => ({
  filters: aCount,
  kernelSize: anything,
  strides: anything,
  padding: anything,
  dilations: anything,
  groups: aCount,
  ...kernelChecks,
}))();

/** A convolution layer over `axes` spatial axes. */
function convolutionLayer<R extends ShapeRule, N extends SpatialRank>(
  type: string,
  axes: N,
  convolve: (x: Tensor, kernel: Tensor, window: ConvolutionWindow<N> & { readonly groups: number }) => Tensor,
  options: AnyConvolution,
): Layer<R> {
  checkOptions(type, options, convolutionChecks, 'filters', 'kernelSize');
  const { filters, kernelSize, groups = 1, activation } = options;
  const size = perAxis(type, 'kernelSize', kernelSize, axes);
  let kernel: Variable;
  let bias: Variable | undefined;
  return defineLayer<R>({
    type,
    name: options.name,
    args: [options],
    outputShape(input) {
      checkRank(type, input, layouts[axes]);
      const channels = input.at(-1)!;
      if (channels % groups !== 0 || filters % groups !== 0) {
        throw new OptionError(
          `${type}: \`groups\` must divide the ${channels} channels of the input and the ${filters} filters, got ${groups}`,
        );
      }
      return [input[0]!, ...convolvedSizes(type, input, size, windowOf(type, axes, size, options)), filters];
    },
    build(input, at) {
      kernel = kernelWeight(at, [...size, input.at(-1)! / groups, filters], options);
      bias = biasWeight(at, filters, options);
    },
    call: (x) =>
      addBias(convolve(x, kernel.value, { ...windowOf(type, axes, size, options), groups }), bias, activation),
    passesMask: false,
  });
}
