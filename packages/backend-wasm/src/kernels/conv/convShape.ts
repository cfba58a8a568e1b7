import { type NodeOf, sizeOf } from '@chainrule/tensor/graph';

type Three = readonly [number, number, number];

/** A convolution, whichever pass is asked for, with three spatial axes: leading ones of size 1 stand for those it lacks. */
export interface ConvShape {
  readonly batch: number;
  readonly groups: number;
  readonly input: Three;
  readonly size: Three;
  readonly output: Three;
  readonly strides: Three;
  readonly dilations: Three;
  /** Padding before the first element. */
  readonly before: Three;
  /** Channels of the input and of the output, and of one group of each. */
  readonly channels: number;
  readonly filters: number;
  readonly width: number;
  readonly groupFilters: number;
  /** Windows of an image; elements of a window in one group. */
  readonly positions: number;
  readonly depth: number;
}

export function convShapeOf({ attrs, inputs, types }: NodeOf<'conv'>): ConvShape {
  const [own, a, b] = [types[0]!.shape, inputs[0]!.shape, inputs[1]!.shape];
  const [x, kernel, y] = { forward: [a, b, own], inputGradient: [own, b, a], kernelGradient: [a, own, b] }[
    attrs.pass
  ] as [readonly number[], readonly number[], readonly number[]];
  const [channels, filters] = [x.at(-1)!, y.at(-1)!];
  return {
    batch: x[0]!,
    groups: attrs.groups,
    channels,
    filters,
    input: three(x.slice(1, -1)),
    size: three(kernel.slice(0, -2)),
    output: three(y.slice(1, -1)),
    strides: three(attrs.strides),
    dilations: three(attrs.dilations),
    before: three(
      attrs.padding.map(([before]) => before),
      0,
    ),
    width: channels / attrs.groups,
    groupFilters: filters / attrs.groups,
    positions: sizeOf(y.slice(1, -1)),
    depth: sizeOf(kernel.slice(0, -1)),
  };
}

function three(list: readonly number[], fill = 1): Three {
  return [...new Array<number>(3 - list.length).fill(fill), ...list] as unknown as Three;
}

export function convName(pass: string, s: ConvShape): string {
  const list = (sizes: Three): string => sizes.filter((n, i) => i === 2 || n > 1).join('x');
  return `conv ${pass} ${s.batch}x${list(s.input)}x${s.channels} ${list(s.size)} ${s.filters}`;
}

/** Bytes of an image. */
export function imageBytes({ input, channels }: ConvShape): number {
  return sizeOf(input) * channels * 4;
}
