import { defineOp, type Op } from '../defineOp.ts';
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { Conv1dTranspose } from '../signatures/index.ts';
import { kernelParams } from './convolution.ts';
import { type ConvTransposeOptions, transposeChecks, transposedConvolution } from './transposedConvolution.ts';

/**
 * Transposed convolution, the adjoint of {@link conv1d}: enlarges by the strides.
 *
 * y[b, i·s + u·d − p, f] += x[b, i, c] · k[u, f, c]
 *
 * The kernel's last two axes are Keras' `[out, in]`; PyTorch's are `[in, out, …]`.
 *
 * @param x - `[batch, width, channels]`
 * @param kernel - `[width, filters / groups, channels]`
 * @param options - `strides` (1); `padding` ('valid', n·s + max(k − s, 0) positions; 'same', n·s; or
 *   `[[before, after], …]`, (n − 1)·s + k − before − after); `outputPadding`, below the strides, as in Keras; `dilations`
 *   (1); `groups` (1)
 * @returns `[batch, width, filters]`
 * @throws ShapeError if channels do not match or the result is empty; OptionError for invalid options
 * @example
 * conv1dTranspose(tensor([1, 2], [1, 2, 1]), tensor([1, 10], [2, 1, 1]), { strides: 2 }).toArray(); // => 1,10,2,20
 */
export const conv1dTranspose: Op<Conv1dTranspose<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'conv1dTranspose',
  params: kernelParams,
  options: transposeChecks,
  lower: (x: Tensor, kernel: Tensor, options?: ConvTransposeOptions) =>
    transposedConvolution('conv1dTranspose', 1, x, kernel, options),
  domain: {
    sample: (s) => {
      const groups = s.pick([1, 2]);
      const options = {
        groups,
        strides: s.pick([2, 3]),
        padding: s.pick(['valid', 'same', 'full', [[1, 0]]]),
        dilations: s.pick([1, 2]),
        ...s.pick([{}, { outputPadding: 1 }]),
      };
      return [s.uniform([2, 3, 2 * groups]), s.uniform([s.integer(1, 3), 2, 2 * groups]), options];
    },
  },
});
