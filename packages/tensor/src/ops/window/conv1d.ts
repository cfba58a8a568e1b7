import { defineOp, type Op } from '../defineOp.ts';
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import { extent, perAxis } from '../../nodes/window.ts';
import type { Padding } from '../../types/window.ts';
import type { Conv1d } from '../signatures/index.ts';
import { checkConvolution, convChecks, convolution, type ConvOptions, kernelParams } from './convolution.ts';

export interface Conv1dOptions extends Omit<ConvOptions, 'padding'> {
  /** 'causal' pads only before, so that no output depends on later inputs. */
  readonly padding?: Padding | 'causal';
}

/**
 * Convolution over one spatial axis or over time, channels last (cross-correlation, as usual in deep learning).
 *
 * y[b, i, f] = Σ x[b, i·s + u·d − p, c] · k[u, c, f]
 *
 * @param x - `[batch, width, channels]`
 * @param kernel - `[width, channels / groups, filters]`
 * @param options - `strides` (1), `padding` ('valid'; 'same' as in TensorFlow; 'full', k − 1 at each end; 'causal'; or `[[before, after]]`),
 *   `dilations` (1), `groups` (1)
 * @returns `[batch, width, filters]`
 * @throws ShapeError if channels do not match or the window is larger than the input; OptionError for invalid options
 * @example
 * conv1d(tensor([1, 2, 3], [1, 3, 1]), ones([2, 1, 1])).toArray(); // => 3,5
 * conv1d(tensor([1, 2, 3], [1, 3, 1]), ones([2, 1, 1]), { padding: 'causal' }).toArray(); // => 1,3,5
 */
export const conv1d: Op<Conv1d<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'conv1d',
  params: kernelParams,
  options: convChecks,
  lower: (x: Tensor, kernel: Tensor, { padding, ...options }: Conv1dOptions = {}) => {
    if (padding === undefined) return convolution('conv1d', 1, x, kernel, options);
    if (padding !== 'causal') return convolution('conv1d', 1, x, kernel, { ...options, padding });
    checkConvolution('conv1d', 1, x, kernel, 'in,out');
    const [dilation] = perAxis('conv1d', 'dilations', options.dilations ?? 1, 1);
    return convolution('conv1d', 1, x, kernel, {
      ...options,
      padding: [[Math.max(0, extent(kernel.shape[0], dilation!) - 1), 0]],
    });
  },
  domain: {
    sample: (s) => {
      const groups = s.pick([1, 2]);
      const options = {
        groups,
        padding: s.pick(['valid', 'same', 'full', 'causal', [[1, 2]]]),
        strides: s.pick([1, 2, [3]]),
        dilations: s.pick([1, 2]),
      };
      return [s.uniform([2, 6, 2 * groups]), s.uniform([s.integer(1, 3), 2, 2 * groups]), options];
    },
  },
});
