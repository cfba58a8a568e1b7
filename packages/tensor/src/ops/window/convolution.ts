import { ShapeError, showShape } from '@chainrule/errors';
import { aCount, anything, type Check, type Checks } from '@chainrule/errors/check';
import { aTensor } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import { convNode } from '../../nodes/conv.ts';
import { resolveWindow, type WindowOptions } from '../../nodes/window.ts';

export interface ConvOptions extends WindowOptions {
  /** The number of groups. Channels and filters are divided into independent convolutions. Default 1. */
  readonly groups?: number;
}

/** Checks for the tensors of a convolution. */
export const kernelParams: Readonly<Record<string, Check>> = { x: aTensor, kernel: aTensor };

export const convChecks: Checks<ConvOptions> = {
  strides: anything,
  padding: anything,
  dilations: anything,
  groups: aCount,
};

/** The layouts of images and kernels in messages, by number of spatial axes. */
const spatial = ['', 'width', 'height,width', 'depth,height,width'];

/**
 * Throws if the ranks are invalid.
 *
 * @param last - the last two axes of the kernel
 */
export function checkConvolution(op: string, axes: number, x: Tensor, kernel: Tensor, last: string): void {
  if (x.rank !== axes + 2)
    throw new ShapeError(
      `${op}: \`x\` expects rank ${axes + 2} [batch,${spatial[axes]!},channels], got ${showShape(x.shape)}`,
    );
  if (kernel.rank !== axes + 2)
    throw new ShapeError(
      `${op}: \`kernel\` expects rank ${axes + 2} [${spatial[axes]!},${last}], got ${showShape(kernel.shape)}`,
    );
}

/** A convolution over `axes` spatial axes, channels last, with a kernel `[…size, channels / groups, filters]`. */
export function convolution(op: string, axes: number, x: Tensor, kernel: Tensor, options: ConvOptions = {}): Tensor {
  checkConvolution(op, axes, x, kernel, 'in,out');
  return convNode('forward', x, kernel, {
    ...resolveWindow(op, x.shape.slice(1, -1), kernel.shape.slice(0, -2), options),
    groups: options.groups ?? 1,
  });
}
