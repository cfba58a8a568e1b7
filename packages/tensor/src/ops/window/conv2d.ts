import { defineOp, type Op } from '../defineOp.ts';
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { Conv2d } from '../signatures/index.ts';
import { convChecks, convolution, type ConvOptions, kernelParams } from './convolution.ts';

/**
 * Convolution over two spatial axes, channels last (cross-correlation, as usual in deep learning).
 *
 * y[b, i, j, f] = Σ x[b, i·s + u·d − p, j·s + v·d − p, c] · k[u, v, c, f]
 *
 * @param x - `[batch, height, width, channels]`
 * @param kernel - `[height, width, channels / groups, filters]`
 * @param options - `strides` (1), `padding` ('valid'; 'same' as in TensorFlow; 'full', k − 1 at each end; or `[[before, after], …]`), `dilations`
 *   (1), `groups` (1); strides and dilations are a number or one for each axis
 * @returns `[batch, height, width, filters]`
 * @throws ShapeError if channels do not match or the window is larger than the input; OptionError for invalid options
 * @example
 * conv2d(ones([1, 3, 3, 1]), ones([3, 3, 1, 1])).toArray(); // => 9
 */
export const conv2d: Op<Conv2d<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'conv2d',
  params: kernelParams,
  options: convChecks,
  lower: (x: Tensor, kernel: Tensor, options?: ConvOptions) => convolution('conv2d', 2, x, kernel, options),
  domain: {
    sample: (s) => {
      const [groups, padding] = [
        s.pick([1, 2]),
        s.pick([
          'valid',
          'same',
          'full',
          [
            [1, 0],
            [0, 2],
          ],
        ]),
      ];
      const options = { groups, padding, strides: s.pick([1, 2, [2, 1]]), dilations: s.pick([1, [1, 2]]) };
      return [s.uniform([2, 4, 5, 2 * groups]), s.uniform([s.integer(1, 3), 2, 2, groups]), options];
    },
  },
});
