import { defineOp, type Op } from '../defineOp.ts';
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { PoolOptions } from '../../nodes/window.ts';
import type { MaxPool3d } from '../signatures/index.ts';
import { maxPooling, poolChecks } from './pooling.ts';

/**
 * The largest element of each window.
 *
 * Padding is ignored. Among equal elements the first gets the gradient.
 *
 * @param x - `[batch, depth, height, width, channels]`
 * @param options - `poolSize`; `strides`, by default the pool size; `padding` ('valid'; 'same'; or
 *   `[[before, after], …]`); `dilations`, by default 1
 * @returns `[batch, depth, height, width, channels]`
 * @throws ShapeError if the window is larger than the input; OptionError for invalid options
 * @example
 * maxPool3d(ones([1, 2, 2, 2, 1]), { poolSize: 2 }).item(); // => 1
 */
export const maxPool3d: Op<MaxPool3d<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'maxPool3d',
  options: poolChecks,
  lower: (x: Tensor, options: PoolOptions) => maxPooling('maxPool3d', 3, x, options),
  domain: {
    sample: (s) => [
      s.uniform([1, 3, 4, 3, 2]),
      { poolSize: s.pick([2, [1, 2, 2]]), strides: s.pick([1, 2]), padding: s.pick(['valid', 'same']), dilations: 1 },
    ],
  },
});
