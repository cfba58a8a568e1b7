import { OptionError, ShapeError, showShape, showValue } from '@chainrule/errors';
import { defineOp, type Op } from '../core/defineOp.ts';
import type { FloatDType } from '../core/dtype.ts';
import type { Tensor } from '../core/tensor.ts';
import { convNode } from '../nodes/conv.ts';
import { resolveWindow, type WindowOptions } from '../nodes/window.ts';
import type { Conv2d } from '../types/signatures.ts';

export interface ConvOptions extends WindowOptions {
  /** Channels and filters are divided into so many independent convolutions. Default 1. */
  readonly groups?: number;
}

/**
 * Convolution over two spatial axes, channels last (cross-correlation, as everywhere in deep learning).
 *
 * y[b, i, j, f] = Σ x[b, i·s + u·d − p, j·s + v·d − p, c] · k[u, v, c, f]
 *
 * @param x - `[batch, height, width, channels]`
 * @param kernel - `[height, width, channels / groups, filters]`
 * @param options - `strides` (1), `padding` ('valid'; 'same' as in TensorFlow; or `[[before, after], …]`), `dilations`
 *   (1), `groups` (1); strides and dilations are a number or one for each axis
 * @returns `[batch, height, width, filters]`
 * @throws ShapeError when channels do not match or the window is larger than the input; OptionError for bad options
 * @example
 * conv2d(ones([1, 3, 3, 1]), ones([3, 3, 1, 1])).toArray(); // => 9
 */
export const conv2d: Op<Conv2d<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'conv2d',
  lower: (x: Tensor, kernel: Tensor, options: ConvOptions = {}) => {
    if (x.rank !== 4) throw new ShapeError(`conv2d: \`x\` expects rank 4 [batch,height,width,channels], got ${showShape(x.shape)}`);
    if (kernel.rank !== 4) throw new ShapeError(`conv2d: \`kernel\` expects rank 4 [height,width,in,out], got ${showShape(kernel.shape)}`);
    const { groups = 1 } = options;
    if (!Number.isInteger(groups) || groups < 1) throw new OptionError(`conv2d: \`groups\` must be a positive integer, got ${showValue(groups)}`);
    return convNode('output', x, kernel, { ...resolveWindow('conv2d', x.shape.slice(1, 3), kernel.shape.slice(0, 2), options), groups });
  },
  domain: {
    sample: (s) => {
      const [groups, padding] = [s.pick([1, 2]), s.pick(['valid', 'same', [[1, 0], [0, 2]]])];
      const options = { groups, padding, strides: s.pick([1, 2, [2, 1]]), dilations: s.pick([1, [1, 2]]) };
      return [s.uniform([2, 4, 5, 2 * groups]), s.uniform([s.integer(1, 3), 2, 2, groups]), options];
    },
  },
});
