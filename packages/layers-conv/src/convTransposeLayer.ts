import {
  addBias,
  biasWeight,
  type ConvTransposeRule,
  defineLayer,
  expectRank,
  kernelChecks,
  type KernelOptions,
  kernelWeight,
  type Layer,
  type PerAxis,
  type SpatialAxes,
} from '@chainrule/layers-core';
import { OptionError, ShapeError, showShape, showValue } from '@chainrule/errors';
import { aCount, anything, checkOptions, type Checks } from '@chainrule/errors/check';
import { type Padding, perAxis, resolveWindow, type Tensor, type Variable } from '@chainrule/tensor';
import { type ConvolutionWindow, windowOf } from './convolutionLayer.ts';
import { layouts } from './spatial.ts';

/** Options of transposed convolutions over any number of axes. */
export interface ConvTransposeOptions<F, K, S, P, D, O> extends KernelOptions {
  /** Number of outputs at each position. */
  readonly filters: F;
  /** Sizes of the window: one number for all axes, or one each. */
  readonly kernelSize: K;
  /** How much larger the output is. Default 1. */
  readonly strides?: S;
  /** 'valid', 'same', or `[before, after]` for each axis, which are cut off. Default 'valid'. */
  readonly padding?: P;
  /** Default 1. */
  readonly dilations?: D;
  /** Positions added at the far end, below the strides. By default Keras' choice. */
  readonly outputPadding?: O;
}

/** Whether sizes follow from strides and padding alone. */
export type IsPlain<D, O> = [D, O] extends [1, undefined] ? true : false;

type Numbers = number | readonly number[];
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

interface GrowingWindow<N extends SpatialAxes> extends ConvolutionWindow<N> {
  readonly outputPadding?: PerAxis<N>;
}

/** A layer of transposed convolution over one or two axes. */
export function convTransposeLayer<
  N extends SpatialAxes,
  F extends number,
  K,
  S,
  P,
  Plain extends boolean,
  Name extends string,
>(
  type: Name,
  axes: N,
  convolve: (x: Tensor, kernel: Tensor, window: GrowingWindow<N>) => Tensor,
  options: AnyTransposed,
): Layer<ConvTransposeRule<N, F, K, S, P, Plain, Name>> {
  checkOptions(type, options, transposedChecks, 'filters');
  const { filters } = options;
  const size = perAxis(type, 'kernelSize', options.kernelSize, axes);
  const more = outputPaddings(type, options, axes);
  const window = (): GrowingWindow<N> => ({
    ...windowOf(type, axes, size, options),
    ...(more && { outputPadding: more as unknown as PerAxis<N> }),
  });
  let kernel: Variable;
  let bias: Variable | undefined;
  return defineLayer<ConvTransposeRule<N, F, K, S, P, Plain, Name>>({
    type,
    name: options.name,
    args: [options],
    outputShape(input) {
      expectRank(type, input, layouts[axes]);
      const grown = grownSizes(type, input.slice(1, -1), size, window(), more);
      if (grown.some((n) => n < 1)) throw new ShapeError(`${type}: nothing is left of ${showShape(input)}`);
      return [input[0]!, ...grown, filters];
    },
    build(input, at) {
      kernel = kernelWeight(at, [...size, filters, input.at(-1)!], options);
      bias = biasWeight(at, filters, options);
    },
    call: (x) => addBias(convolve(x, kernel.value, window()), bias, options.activation),
    passesMask: false,
  });
}

function outputPaddings(
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

/** Sizes as in Keras; `conv2dTranspose` of the tensors has the table. */
function grownSizes(
  type: string,
  spatial: readonly number[],
  size: readonly number[],
  window: ConvolutionWindow<SpatialAxes>,
  more?: readonly number[],
): number[] {
  const { strides, dilations, padding: pairs } = resolveWindow(type, spatial, size, window);
  return spatial.map((n, i) => {
    const [stride, extent] = [strides[i]!, (size[i]! - 1) * dilations[i]! + 1];
    const start = (n - 1) * stride;
    if (window.padding === 'same') return more ? start + (extent % 2) + more[i]! : n * stride;
    if (window.padding === 'valid') return start + extent + (more ? more[i]! : Math.max(0, stride - extent));
    return start + extent - pairs[i]![0] - pairs[i]![1] + (more?.[i] ?? 0);
  });
}
