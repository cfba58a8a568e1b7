import { type ConvPass, type NodeOf, sizeOf } from '@chainrule/tensor/graph';

type Three = readonly [number, number, number];

/**
 * The shapes of a convolution y = x ∗ kernel, and values derived from them. All three passes have the same.
 * There are always three spatial axes: leading axes of size 1 fill up one and two dimensions.
 */
export interface Convolution {
  readonly pass: ConvPass;
  /** Spatial axes of the node. */
  readonly rank: number;
  readonly batch: number;
  readonly groups: number;
  readonly inputSize: Three;
  readonly kernelSize: Three;
  readonly outputSize: Three;
  readonly strides: Three;
  readonly dilations: Three;
  readonly paddingBefore: Three;
  /** The most padding at any edge. */
  readonly maxPadding: number;
  /** Channels of the input and of the output, and of one group of each. */
  readonly channels: number;
  readonly filters: number;
  readonly groupChannels: number;
  readonly groupFilters: number;
  /** Windows of an image, which are the pixels of its output. */
  readonly windows: number;
  /** Elements of a window in one group: a row of the im2col matrix. */
  readonly patchLength: number;
  /** Bytes of an input image. */
  readonly imageBytes: number;
  readonly flops: number;
  /** The name in plans and profiles. */
  readonly name: string;
}

/** Derives everything that lowering needs from a node, once. */
export function convolutionOf({ attrs, inputs, types }: NodeOf<'conv'>): Convolution {
  const [a, b, result] = [inputs[0]!.shape, inputs[1]!.shape, types[0]!.shape];
  const { pass } = attrs;
  const [x, kernel, y] = (
    { forward: [a, b, result], inputGradient: [result, b, a], kernelGradient: [a, result, b] } as const
  )[pass];
  const [batch, channels, filters] = [x[0], x.at(-1)!, y.at(-1)!];
  const [inputSize, kernelSize] = [three(x.slice(1, -1)), three(kernel.slice(0, -2))];
  const windows = sizeOf(y.slice(1, -1));
  const patchLength = sizeOf(kernel.slice(0, -1));
  return {
    pass,
    rank: attrs.strides.length,
    batch,
    groups: attrs.groups,
    inputSize,
    kernelSize,
    outputSize: three(y.slice(1, -1)),
    strides: three(attrs.strides),
    dilations: three(attrs.dilations),
    paddingBefore: three(
      attrs.padding.map(([before]) => before),
      0,
    ),
    maxPadding: Math.max(...attrs.padding.flat()),
    channels,
    filters,
    groupChannels: channels / attrs.groups,
    groupFilters: filters / attrs.groups,
    windows,
    patchLength,
    imageBytes: sizeOf(inputSize) * channels * 4,
    flops: 2 * batch * windows * patchLength * filters,
    name: `conv ${pass} ${batch}x${showSize(inputSize)}x${channels} ${showSize(kernelSize)} ${filters}`,
  };
}

function three(list: readonly number[], fill = 1): Three {
  return [...new Array<number>(3 - list.length).fill(fill), ...list] as unknown as Three;
}

function showSize(size: Three): string {
  return size.filter((n, i) => i === 2 || n > 1).join('x');
}
