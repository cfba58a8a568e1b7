import { ShapeError, showShape } from '@chainrule/errors';
import { defineOp, type Op } from '../defineOp.ts';
import type { FloatDType } from '../../array/dtype.ts';
import { aTensor } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import { windowChecks, type WindowOptions } from '../../nodes/window.ts';
import type { SeparableConv2d } from '../signatures/index.ts';
import { convolution } from './convolution.ts';
import { depthwiseConv2d } from './depthwiseConv2d.ts';

/**
 * Convolves each channel by itself, then combines all channels at each position (Chollet 2017).
 *
 * y = conv2d(depthwiseConv2d(x, depthwise), pointwise)
 *
 * @param x - `[batch, height, width, channels]`
 * @param depthwise - `[height, width, channels, multiplier]`
 * @param pointwise - `[1, 1, channels · multiplier, filters]`
 * @param options - of the depthwise step: `strides` (1), `padding` ('valid'), `dilations` (1)
 * @returns `[batch, height, width, filters]`
 * @throws ShapeError if channels do not match or the window is larger than the input; OptionError for invalid options
 * @example
 * separableConv2d(ones([1, 3, 3, 2]), ones([3, 3, 2, 1]), ones([1, 1, 2, 1])).item(); // => 18
 */
export const separableConv2d: Op<SeparableConv2d<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'separableConv2d',
  params: { x: aTensor, depthwise: aTensor, pointwise: aTensor },
  options: windowChecks,
  lower: (
    x: Tensor<readonly number[], FloatDType>,
    depthwise: Tensor<readonly number[], FloatDType>,
    pointwise: Tensor,
    options: WindowOptions = {},
  ) => {
    if (pointwise.rank !== 4 || pointwise.shape[0] !== 1 || pointwise.shape[1] !== 1) {
      throw new ShapeError(`separableConv2d: \`pointwise\` expects [1,1,in,out], got ${showShape(pointwise.shape)}`);
    }
    return convolution('separableConv2d', 2, depthwiseConv2d(x, depthwise, options as { strides?: number }), pointwise);
  },
  domain: {
    sample: (s) => [
      s.uniform([2, 4, 3, 2]),
      s.uniform([2, 2, 2, 2]),
      s.uniform([1, 1, 4, 3]),
      { strides: s.pick([1, 2]), padding: s.pick(['valid', 'same']) },
    ],
  },
});
