import { ShapeError, showShape } from '@chainrule/errors';
import { defineOp, type Op } from '../defineOp.ts';
import type { FloatDType } from '../../array/dtype.ts';
import { opName } from '../../graph/opName.ts';
import type { Tensor } from '../../array/tensor.ts';
import { windowChecks, type WindowOptions } from '../../nodes/window.ts';
import { reshapeNode } from '../../nodes/view.ts';
import type { DepthwiseConv2d } from '../signatures/index.ts';
import { checkConvolution, convolution, kernelParams } from './convolution.ts';

/**
 * Convolves each channel by itself.
 *
 * y[b, i, j, c·m + q] = Σ x[b, i·s + u·d − p, j·s + v·d − p, c] · k[u, v, c, q] with m the multiplier
 *
 * @param x - `[batch, height, width, channels]`
 * @param kernel - `[height, width, channels, multiplier]`
 * @param options - `strides` (1), `padding` ('valid'; 'same' as in TensorFlow; 'full', k − 1 at each end; or `[[before, after], …]`), `dilations`
 *   (1)
 * @returns `[batch, height, width, channels · multiplier]`
 * @throws ShapeError if channels do not match or the window is larger than the input; OptionError for invalid options
 * @example
 * depthwiseConv2d(tensor([1, 2], [1, 1, 1, 2]), tensor([10, 100], [1, 1, 2, 1])).toArray(); // => 10,200
 */
export const depthwiseConv2d: Op<DepthwiseConv2d<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'depthwiseConv2d',
  params: kernelParams,
  options: windowChecks,
  lower: (x: Tensor, kernel: Tensor, options: WindowOptions = {}) => {
    const op = opName();
    checkConvolution(op, 2, x, kernel, 'channels,multiplier');
    const [height, width, channels, multiplier] = kernel.shape as readonly [number, number, number, number];
    if (channels !== x.shape[3])
      throw new ShapeError(
        `${op}: \`kernel\` must have the ${x.shape[3]} channels of \`x\` ${showShape(x.shape)}, got ${showShape(kernel.shape)}`,
      );
    // Without channels, the number of groups would be 0.
    const groups = Math.max(1, channels);
    const { strides = 1, padding = 'valid', dilations = 1 } = options;
    return convolution(op, 2, x, reshapeNode(kernel, [height, width, channels / groups, channels * multiplier]), {
      strides,
      padding,
      dilations,
      groups,
    });
  },
  domain: {
    sample: (s) => [
      s.uniform([2, 4, 3, 2]),
      s.uniform([2, s.integer(1, 3), 2, s.integer(1, 2)]),
      { strides: s.pick([1, 2]), padding: s.pick(['valid', 'same']), dilations: s.pick([1, [2, 1]]) },
    ],
  },
});
