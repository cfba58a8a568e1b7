import { defineOp, type Op } from '../defineOp.ts';
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { PoolOptions } from '../../nodes/window.ts';
import type { MaxPool2d } from '../signatures/index.ts';
import { maxPooling, poolChecks } from './pooling.ts';

/**
 * The largest element of each window.
 *
 * Padding is ignored. Among equal elements the first gets the gradient.
 *
 * @param x - `[batch, height, width, channels]`
 * @param options - `poolSize`; `strides`, by default the pool size; `padding` ('valid'; 'same'; or
 *   `[[before, after], …]`); `dilations`, by default 1
 * @returns `[batch, height, width, channels]`
 * @throws ShapeError if the window is larger than the input; OptionError for invalid options
 * @example
 * maxPool2d(tensor([1, 2, 3, 4], [1, 2, 2, 1]), { poolSize: 2 }).item(); // => 4
 */
export const maxPool2d: Op<MaxPool2d<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'maxPool2d',
  options: poolChecks,
  lower: (x: Tensor, options: PoolOptions) => maxPooling('maxPool2d', 2, x, options),
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
      },
    ],
  },
});
