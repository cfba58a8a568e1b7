import { defineOp, type Op } from '../defineOp.ts';
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { AveragePool2d } from '../signatures/index.ts';
import { averagePoolChecks, averagePooling, type AveragePoolOptions } from './pooling.ts';

/**
 * The mean of each window.
 *
 * Padding does not count unless `countIncludePad` is set.
 *
 * @param x - `[batch, height, width, channels]`
 * @param options - `poolSize`; `strides`, by default the pool size; `padding` ('valid'; 'same'; or
 *   `[[before, after], …]`); `dilations`, by default 1; `countIncludePad`, by default false
 * @returns `[batch, height, width, channels]`
 * @throws ShapeError if the window is larger than the input; OptionError for invalid options
 * @example
 * averagePool2d(tensor([1, 2, 3, 4], [1, 2, 2, 1]), { poolSize: 2 }).item(); // => 2.5
 */
export const averagePool2d: Op<AveragePool2d<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'averagePool2d',
  options: averagePoolChecks,
  lower: (x: Tensor, options: AveragePoolOptions) => averagePooling('averagePool2d', 2, x, options),
  domain: {
    sample: (s) => [
      s.uniform([2, 5, 4, 2]),
      {
        poolSize: s.pick([2, [3, 2]]),
        strides: s.pick([1, 2]),
        padding: s.pick([
          'valid',
          'same',
          [
            [1, 0],
            [0, 1],
          ],
        ]),
        dilations: s.pick([1, [1, 2]]),
        countIncludePad: s.pick([true, false]),
      },
    ],
  },
});
