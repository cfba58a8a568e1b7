import { defineOp, type Op } from '../defineOp.ts';
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { Conv3d } from '../signatures/index.ts';
import { convChecks, convolution, type ConvOptions, kernelParams } from './convolution.ts';

/**
 * Convolution over three spatial axes, channels last (cross-correlation, as usual in deep learning).
 *
 * y[b, h, i, j, f] = Σ x[b, h·s + t·d − p, i·s + u·d − p, j·s + v·d − p, c] · k[t, u, v, c, f]
 *
 * @param x - `[batch, depth, height, width, channels]`
 * @param kernel - `[depth, height, width, channels / groups, filters]`
 * @param options - `strides` (1), `padding` ('valid'; 'same' as in TensorFlow; 'full', k − 1 at each end; or `[[before, after], …]`), `dilations`
 *   (1), `groups` (1); strides and dilations are a number or one for each axis
 * @returns `[batch, depth, height, width, filters]`
 * @throws ShapeError if channels do not match or the window is larger than the input; OptionError for invalid options
 * @example
 * conv3d(ones([1, 2, 2, 2, 1]), ones([2, 2, 2, 1, 1])).item(); // => 8
 */
export const conv3d: Op<Conv3d<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'conv3d',
  params: kernelParams,
  options: convChecks,
  lower: (x: Tensor, kernel: Tensor, options?: ConvOptions) => convolution('conv3d', 3, x, kernel, options),
  domain: {
    sample: (s) => {
      const groups = s.pick([1, 2]);
      const options = {
        groups,
        padding: s.pick([
          'valid',
          'same',
          [
            [1, 0],
            [0, 0],
            [0, 1],
          ],
        ]),
        strides: s.pick([1, [1, 2, 1]]),
        dilations: s.pick([1, [2, 1, 1]]),
      };
      return [s.uniform([1, 3, 2, 3, groups]), s.uniform([2, 1, 2, 1, groups]), options];
    },
  },
});
