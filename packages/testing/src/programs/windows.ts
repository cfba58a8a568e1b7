import { arange, type Tensor } from '@chainrule/tensor';
import { sizeOf } from '@chainrule/tensor/graph';
import type { Instruction } from './instruction.ts';
import { isFloating, op, pick } from './dynamic.ts';

/** A tensor as a batch of images, or of rows for one spatial axis. */
function images(a: Tensor, spatial: number): Tensor | undefined {
  if (a.size === 0 || !isFloating(a)) return undefined;
  const rank = spatial + 2;
  if (a.rank === rank) return a;
  if (a.rank === rank - 1) return op('expandDims')(a, 0);
  return a.rank === rank - 2 ? op('reshape')(a, [1, ...a.shape, 1]) : undefined;
}

/** A kernel of elements of `b`, which repeat. */
function kernel(b: Tensor, shape: readonly number[]): Tensor | undefined {
  if (b.size === 0 || !isFloating(b)) return undefined;
  return op('reshape')(
    op('gather')(op('reshape')(b, [-1]), op('mod')(arange(0, sizeOf(shape), 1, 'int32'), b.size)),
    shape,
  );
}

const strides = [1, 2, 1, 3];
const padding = (spatial: number, k: number): unknown =>
  pick(['same', 'valid', 'same', Array.from({ length: spatial }, () => [1, 0])], k);

/** `name` of images and of a kernel, whose shape depends on the channels. */
function convolved(
  name: string,
  spatial: number,
  kernelShape: (channels: number, k: number) => readonly number[],
): Instruction {
  return (a, b, k) => {
    const x = images(a, spatial);
    const w = x && kernel(b, kernelShape(x.shape.at(-1)!, k));
    return (
      x &&
      w &&
      op(name)(x, w, { strides: pick(strides, k), padding: padding(spatial, k >> 1), dilations: k % 5 === 4 ? 2 : 1 })
    );
  };
}

function pooled(name: string, spatial: number): Instruction {
  return (a, _, k) => {
    const x = images(a, spatial);
    return (
      x && op(name)(x, { poolSize: 1 + (k % 3), strides: pick(strides, k >> 1), padding: k % 2 ? 'same' : 'valid' })
    );
  };
}

const convolutions = {
  conv1d: convolved('conv1d', 1, (channels, k) => [1 + (k % 3), channels, 1 + (k % 4)]),
  conv2d: convolved('conv2d', 2, (channels, k) => [1 + (k % 3), 3 - (k % 2), channels, 1 + (k % 4)]),
  conv2dTranspose: convolved('conv2dTranspose', 2, (channels, k) => [1 + (k % 3), 2, 1 + (k % 3), channels]),
  depthwiseConv2d: convolved('depthwiseConv2d', 2, (channels, k) => [1 + (k % 3), 3 - (k % 2), channels, 1 + (k % 2)]),
};

/** The sum of a convolution: all windows have the same weight in the gradient of the kernel. */
const totalOf =
  (convolution: Instruction): Instruction =>
  (...given) => {
    const y = convolution(...given) as Tensor | undefined;
    return y && op('sum')(y);
  };

/** Instructions that convolve, pool and resize. */
export const windows: Readonly<Record<string, Instruction>> = {
  ...convolutions,
  conv2dTotal: totalOf(convolutions.conv2d),
  depthwiseTotal: totalOf(convolutions.depthwiseConv2d),
  maxPool1d: pooled('maxPool1d', 1),
  maxPool2d: pooled('maxPool2d', 2),
  averagePool1d: pooled('averagePool1d', 1),
  averagePool2d: pooled('averagePool2d', 2),
  resizeBilinear: (a, _, k) => resized('resizeBilinear', a, k),
  resizeNearest: (a, _, k) => resized('resizeNearest', a, k),
};

function resized(name: string, a: Tensor, k: number): Tensor | undefined {
  const x = images(a, 2);
  return x && op(name)(x, [1 + (k % 5), 1 + (k >> 1)]);
}
