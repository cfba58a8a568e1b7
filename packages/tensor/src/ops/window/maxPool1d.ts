import { defineOp, type Op } from '../defineOp.ts';
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { PoolOptions } from '../../nodes/window.ts';
import type { MaxPool1d } from '../signatures/index.ts';
import { maxPooling, poolChecks } from './pooling.ts';

/**
 * The largest element of each window.
 *
 * Padding is ignored. Among equal elements the first gets the gradient.
 *
 * @param x - `[batch, width, channels]`
 * @param options - `poolSize`; `strides`, by default the pool size; `padding` ('valid'; 'same'; or
 *   `[[before, after], …]`); `dilations`, by default 1
 * @returns `[batch, width, channels]`
 * @throws ShapeError if the window is larger than the input; OptionError for invalid options
 * @example
 * maxPool1d(tensor([1, 2, 3, 4], [1, 4, 1]), { poolSize: 2 }).toArray(); // => 2,4
 */
export const maxPool1d: Op<MaxPool1d<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'maxPool1d',
  options: poolChecks,
  lower: (x: Tensor, options: PoolOptions) => maxPooling('maxPool1d', 1, x, options),
  domain: {
    sample: (s) => [
      s.uniform([2, 6, 2]),
      {
        poolSize: s.pick([2, [3]]),
        strides: s.pick([1, 2]),
        padding: s.pick(['valid', 'same', [[1, 0]]]),
        dilations: s.pick([1, 2]),
      },
    ],
  },
});
