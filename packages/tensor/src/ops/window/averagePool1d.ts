import { defineOp, type Op } from '../defineOp.ts';
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { AveragePool1d } from '../signatures/index.ts';
import { averagePoolChecks, averagePooling, type AveragePoolOptions } from './pooling.ts';

/**
 * The mean of each window.
 *
 * Padding does not count unless `countIncludePad` is set.
 *
 * @param x - `[batch, width, channels]`
 * @param options - `poolSize`; `strides`, by default the pool size; `padding` ('valid'; 'same'; or
 *   `[[before, after], …]`); `dilations`, by default 1; `countIncludePad`, by default false
 * @returns `[batch, width, channels]`
 * @throws ShapeError if the window is larger than the input; OptionError for invalid options
 * @example
 * averagePool1d(tensor([1, 2, 3, 4], [1, 4, 1]), { poolSize: 2 }).toArray(); // => 1.5,3.5
 */
export const averagePool1d: Op<AveragePool1d<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'averagePool1d',
  options: averagePoolChecks,
  lower: (x: Tensor, options: AveragePoolOptions) => averagePooling('averagePool1d', 1, x, options),
  domain: {
    sample: (s) => [
      s.uniform([2, 6, 2]),
      {
        poolSize: s.pick([2, [3]]),
        strides: s.pick([1, 2]),
        padding: s.pick(['valid', 'same', [[1, 0]]]),
        dilations: s.pick([1, 2]),
        countIncludePad: s.pick([true, false]),
      },
    ],
  },
});
