import { defineOp, type Op } from '../defineOp.ts';
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { AveragePool3d } from '../signatures/index.ts';
import { averagePoolChecks, averagePooling, type AveragePoolOptions } from './pooling.ts';

/**
 * The mean of each window.
 *
 * Padding does not count unless `countIncludePad` is set.
 *
 * @param x - `[batch, depth, height, width, channels]`
 * @param options - `poolSize`; `strides`, by default the pool size; `padding` ('valid'; 'same'; or
 *   `[[before, after], …]`); `dilations`, by default 1; `countIncludePad`, by default false
 * @returns `[batch, depth, height, width, channels]`
 * @throws ShapeError if the window is larger than the input; OptionError for invalid options
 * @example
 * averagePool3d(ones([1, 2, 2, 2, 1]), { poolSize: 2 }).item(); // => 1
 */
export const averagePool3d: Op<AveragePool3d<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'averagePool3d',
  options: averagePoolChecks,
  lower: (x: Tensor, options: AveragePoolOptions) => averagePooling('averagePool3d', 3, x, options),
  domain: {
    sample: (s) => [
      s.uniform([1, 3, 4, 3, 2]),
      {
        poolSize: s.pick([2, [1, 2, 2]]),
        strides: s.pick([1, 2]),
        padding: s.pick(['valid', 'same']),
        dilations: 1,
        countIncludePad: s.pick([true, false]),
      },
    ],
  },
});
