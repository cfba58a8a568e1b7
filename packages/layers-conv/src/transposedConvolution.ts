import {
  addBias,
  biasWeight,
  checkRank,
  defineLayer,
  type ExpectRank,
  type InputShape,
  kernelChecks,
  type KernelOptions,
  kernelWeight,
  type Layer,
  type ShapeRule,
} from '@chainrule/layers-core';
import { OptionError, ShapeError, showShape, showValue } from '@chainrule/errors';
import { aCount, anything, checkOptions, type Checks } from '@chainrule/errors/check';
import {
  type FloatDType,
  conv1dTranspose as conv1dTransposeOp,
  conv2dTranspose as conv2dTransposeOp,
  type IsPlain,
  type Padding,
  type PerAxis,
  type PerAxis1d,
  type PerAxis2d,
  type Shape,
  type SpatialRank,
  type Tensor,
  type TransposedOutput,
  type Variable,
} from '@chainrule/tensor';
import { perAxis, resolveWindow } from '@chainrule/tensor/graph';
import { type Layouts, layouts, type Numbers } from './spatial.ts';
import { type ConvolutionWindow, windowOf } from './window.ts';

/** Options of all transposed convolution layers. */
export interface ConvTransposeOptions<F, K, S, P, D, O> extends KernelOptions {
  /** Number of output channels. */
  readonly filters: F;
  /** Size of the window: one number for all spatial axes, or one for each. */
  readonly kernelSize: K;
  /** Factor by which the output is larger than the input. Default 1. */
  readonly strides?: S;
  /** 'valid', 'same', 'full', or the numbers of positions to remove from the output, as `[before, after]` for each axis. Default 'valid'. */
  readonly padding?: P;
  /** Distance between the cells of the window. Default 1. */
  readonly dilations?: D;
  /** Positions to add at the end of each axis, fewer than its stride. By default Keras' number. */
  readonly outputPadding?: O;
}

/** Options of {@link conv1dTranspose}. */
export type Conv1dTransposeOptions<
  F extends number = number,
  K extends PerAxis1d = PerAxis1d,
  S extends PerAxis1d = PerAxis1d,
  P extends Padding = Padding,
  D extends PerAxis1d = PerAxis1d,
  O extends PerAxis1d | undefined = PerAxis1d | undefined,
> = ConvTransposeOptions<F, K, S, P, D, O>;

/** Options of {@link conv2dTranspose}. */
export type Conv2dTransposeOptions<
  F extends number = number,
  K extends PerAxis2d = PerAxis2d,
  S extends PerAxis2d = PerAxis2d,
  P extends Padding = Padding,
  D extends PerAxis2d = PerAxis2d,
  O extends PerAxis2d | undefined = PerAxis2d | undefined,
> = ConvTransposeOptions<F, K, S, P, D, O>;

/**
 * `[batch, ...spatial, channels]` to `[batch, ...larger, F]` over `N` spatial axes. If `Plain` is false, there are dilations
 * or `outputPadding`, and the sizes are unknown. `Name` is the layer's type.
 */
export interface ConvTransposeRule<
  N extends SpatialRank,
  F extends number,
  K,
  S,
  P,
  Plain extends boolean,
  Name extends string,
> extends ShapeRule {
  readonly takes: FloatDType;
  readonly output: ConvTransposeShape<ExpectRank<InputShape<this>, Layouts[N], Name>, F, K, S, P, Plain>;
}
type ConvTransposeShape<X, F extends number, K, S, P, Plain extends boolean> = X extends Shape
  ? TransposedOutput<X, K, S, P, Plain, F>
  : X;

/**
 * Transposed convolution over sequences: `[batch, width, channels]` to `[batch, width · strides, filters]` with padding 'same'.
 *
 * y = activation(xᵀ∗ kernel + bias) with kernel `[...kernelSize, filters, channels]`; the adjoint of `conv1d`
 *
 * @param options - as Keras' Conv1DTranspose
 * @throws OptionError for bad options; ShapeError for an input of another rank, or if no output position remains
 * @example
 * conv1dTranspose({ filters: 8, kernelSize: 3, strides: 2, padding: 'same' }).outputShape([[32, 14, 4]]); // => 32,28,8
 */
export function conv1dTranspose<
  const F extends number,
  const K extends PerAxis1d,
  const S extends PerAxis1d = 1,
  const P extends Padding = 'valid',
  const D extends PerAxis1d = 1,
  const O extends PerAxis1d | undefined = undefined,
>(
  options: Conv1dTransposeOptions<F, K, S, P, D, O>,
): Layer<ConvTransposeRule<1, F, K, S, P, IsPlain<D, O>, 'conv1dTranspose'>> {
  return convTransposeLayer('conv1dTranspose', 1, (x, kernel, window) => conv1dTransposeOp(x, kernel, window), options);
}

/**
 * Transposed convolution over images: `[batch, height, width, channels]` to
 * `[batch, height · strides, width · strides, filters]` with padding 'same'.
 *
 * y = activation(xᵀ∗ kernel + bias) with kernel `[...kernelSize, filters, channels]`; the adjoint of `conv2d`
 *
 * @param options - as Keras' Conv2DTranspose
 * @throws OptionError for bad options; ShapeError for an input of another rank, or if no output position remains
 * @example
 * conv2dTranspose({ filters: 8, kernelSize: 3, strides: 2, padding: 'same' }).outputShape([[32, 14, 14, 4]]); // => 32,28,28,8
 */
export function conv2dTranspose<
  const F extends number,
  const K extends PerAxis2d,
  const S extends PerAxis2d = 1,
  const P extends Padding = 'valid',
  const D extends PerAxis2d = 1,
  const O extends PerAxis2d | undefined = undefined,
>(
  options: Conv2dTransposeOptions<F, K, S, P, D, O>,
): Layer<ConvTransposeRule<2, F, K, S, P, IsPlain<D, O>, 'conv2dTranspose'>> {
  return convTransposeLayer('conv2dTranspose', 2, (x, kernel, window) => conv2dTransposeOp(x, kernel, window), options);
}

type AnyTransposed = ConvTransposeOptions<number, Numbers, Numbers, Padding, Numbers, Numbers | undefined>;

const transposedChecks: Checks<AnyTransposed> = /* @__PURE__ */ (() => ({
  ...kernelChecks,
  filters: aCount,
  kernelSize: anything,
  strides: anything,
  padding: anything,
  dilations: anything,
  outputPadding: anything,
}))();

interface TransposedWindow<N extends SpatialRank> extends ConvolutionWindow<N> {
  readonly outputPadding?: PerAxis<N>;
}

/** A transposed convolution layer over `axes` spatial axes. */
function convTransposeLayer<R extends ShapeRule, N extends SpatialRank>(
  type: string,
  axes: N,
  convolve: (x: Tensor, kernel: Tensor, window: TransposedWindow<N>) => Tensor,
  options: AnyTransposed,
): Layer<R> {
  checkOptions(type, options, transposedChecks, 'filters');
  const { filters } = options;
  const size = perAxis(type, 'kernelSize', options.kernelSize, axes);
  const outputPadding = outputPaddingOf(type, options, axes);
  const window = (): TransposedWindow<N> => ({
    ...windowOf(type, axes, size, options),
    ...(outputPadding && { outputPadding: outputPadding as unknown as PerAxis<N> }),
  });
  let kernel: Variable;
  let bias: Variable | undefined;
  return defineLayer<R>({
    type,
    name: options.name,
    args: [options],
    outputShape(input) {
      checkRank(type, input, layouts[axes]);
      const sizes = outputSizes(type, input.slice(1, -1), size, window(), outputPadding);
      if (sizes.some((n) => n < 1)) throw new ShapeError(`${type}: nothing is left of ${showShape(input)}`);
      return [input[0]!, ...sizes, filters];
    },
    build(input, at) {
      kernel = kernelWeight(at, [...size, filters, input.at(-1)!], options);
      bias = biasWeight(at, filters, options);
    },
    call: (x) => addBias(convolve(x, kernel.value, window()), bias, options.activation),
    passesMask: false,
  });
}

function outputPaddingOf(
  type: string,
  { outputPadding, strides = 1 }: AnyTransposed,
  axes: number,
): readonly number[] | undefined {
  if (outputPadding === undefined) return undefined;
  const steps = perAxis(type, 'strides', strides, axes);
  const list: readonly number[] = typeof outputPadding === 'number' ? steps.map(() => outputPadding) : outputPadding;
  if (list.length === axes && list.every((n, i) => Number.isInteger(n) && n >= 0 && n < steps[i]!)) return list;
  throw new OptionError(
    `${type}: \`outputPadding\` must be an integer of at least 0 below the strides ${showShape(steps)}, or ${axes} of them, got ${showValue(outputPadding)}`,
  );
}

/** Output sizes as in Keras; the docstring of the operation `conv2dTranspose` has the table. */
function outputSizes(
  type: string,
  spatial: readonly number[],
  size: readonly number[],
  window: ConvolutionWindow<SpatialRank>,
  outputPadding?: readonly number[],
): number[] {
  const { strides, dilations, padding: pairs } = resolveWindow(type, spatial, size, window);
  return spatial.map((n, i) => {
    const [stride, extent] = [strides[i]!, (size[i]! - 1) * dilations[i]! + 1];
    const start = (n - 1) * stride;
    if (window.padding === 'same') return outputPadding ? start + (extent % 2) + outputPadding[i]! : n * stride;
    if (window.padding === 'valid')
      return start + extent + (outputPadding ? outputPadding[i]! : Math.max(0, stride - extent));
    return start + extent - pairs[i]![0] - pairs[i]![1] + (outputPadding?.[i] ?? 0);
  });
}
