import {
  addBias,
  biasWeight,
  defineLayer,
  expectRank,
  kernelChecks,
  type KernelOptions,
  kernelWeight,
  type Layer,
  type PerAxis,
  type ShapeRule,
  type SpatialAxes,
} from '@chainrule/layers-core';
import { OptionError } from '@chainrule/errors';
import { aCount, anything, checkOptions, type Checks } from '@chainrule/errors/check';
import {
  type Padding,
  perAxis,
  resolveWindow,
  type Shape,
  type Tensor,
  type Variable,
  windowPositions,
} from '@chainrule/tensor';
import { layouts } from './spatial.ts';

/** Options of convolutions over any number of axes. */
export interface ConvolutionOptions<F, K, S, P, D> extends KernelOptions {
  /** Number of outputs at each position. */
  readonly filters: F;
  /** Sizes of the window: one number for all axes, or one each. */
  readonly kernelSize: K;
  /** Default 1. */
  readonly strides?: S;
  /** 'valid', 'same', or `[before, after]` for each axis. Default 'valid'. */
  readonly padding?: P;
  /** Default 1. */
  readonly dilations?: D;
  /** Channels and filters are divided into so many independent convolutions. Default 1. */
  readonly groups?: number;
}

type Numbers = number | readonly number[];
/** Options once their types do not matter any more. */
export type AnyConvolution = ConvolutionOptions<number, Numbers, Numbers, Padding | 'causal', Numbers>;

/** A window that is resolved but for 'valid' and 'same', which need the size of the input. */
const convolutionChecks: Checks<AnyConvolution> = /* @__PURE__ */ (() => ({
  ...kernelChecks,
  filters: aCount,
  kernelSize: anything,
  strides: anything,
  padding: anything,
  dilations: anything,
  groups: aCount,
}))();

export interface ConvolutionWindow<N extends SpatialAxes> {
  readonly strides: PerAxis<N>;
  readonly padding: Padding;
  readonly dilations: PerAxis<N>;
}

/** A layer of convolution over one to three axes. */
export function convolutionLayer<R extends ShapeRule, N extends SpatialAxes>(
  type: string,
  axes: N,
  convolve: (x: Tensor, kernel: Tensor, window: ConvolutionWindow<N> & { readonly groups: number }) => Tensor,
  options: AnyConvolution,
): Layer<R> {
  checkOptions(type, options, convolutionChecks, 'filters');
  const { filters, kernelSize, groups = 1, activation } = options;
  const size = perAxis(type, 'kernelSize', kernelSize, axes);
  let kernel: Variable;
  let bias: Variable | undefined;
  return defineLayer<R>({
    type,
    name: options.name,
    args: [options],
    outputShape(input) {
      expectRank(type, input, layouts[axes]);
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

/** The window, with 'causal' as padding before. */
export function windowOf<N extends SpatialAxes>(
  type: string,
  axes: N,
  size: readonly number[],
  options: { readonly strides?: Numbers; readonly padding?: Padding | 'causal'; readonly dilations?: Numbers },
): ConvolutionWindow<N> {
  const { padding = 'valid' } = options;
  const strides = perAxis(type, 'strides', options.strides ?? 1, axes);
  const dilations = perAxis(type, 'dilations', options.dilations ?? 1, axes);
  const before = padding === 'causal' && axes === 1 ? ([[(size[0]! - 1) * dilations[0]!, 0]] as const) : undefined;
  return { strides, dilations, padding: before ?? padding } as unknown as ConvolutionWindow<N>;
}

/** The spatial sizes after a window has passed over `[batch, …spatial, channels]`. */
export function convolvedSizes(
  type: string,
  input: Shape,
  size: readonly number[],
  window: ConvolutionWindow<SpatialAxes>,
): number[] {
  const spatial = input.slice(1, -1);
  return windowPositions(type, spatial, size, resolveWindow(type, spatial, size, window));
}
