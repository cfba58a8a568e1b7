import { ShapeError, showShape } from '@chainrule/errors';
import { defineOp, type Op } from '../core/defineOp.ts';
import type { FloatDType } from '../core/dtype.ts';
import type { Tensor } from '../core/tensor.ts';
import { averagePoolNode } from '../nodes/pool.ts';
import { type PoolOptions, resolvePool } from '../nodes/window.ts';
import type { AveragePool2d } from '../types/signatures.ts';

/**
 * The mean of each window.
 *
 * Padding does not count.
 *
 * @param x - `[batch, height, width, channels]`
 * @param options - `poolSize`; `strides`, by default the pool size; `padding` ('valid'; 'same'; or
 *   `[[before, after], …]`)
 * @returns `[batch, height, width, channels]`
 * @throws ShapeError when the window is larger than the input; OptionError for bad options
 * @example
 * averagePool2d(tensor([1, 2, 3, 4], [1, 2, 2, 1]), { poolSize: 2 }).item(); // => 2.5
 */
export const averagePool2d: Op<AveragePool2d<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'averagePool2d',
  lower: (x: Tensor, options: PoolOptions) => {
    if (x.rank !== 4) throw new ShapeError(`averagePool2d: \`x\` expects rank 4 [batch,height,width,channels], got ${showShape(x.shape)}`);
    const window = resolvePool('averagePool2d', x.shape.slice(1, 3), options);
    return averagePoolNode(x, window);
  },
  domain: {
    sample: (s) => [s.uniform([2, 5, 4, 2]), { poolSize: s.pick([2, [3, 2]]), strides: s.pick([1, 2]), padding: s.pick(['valid', 'same']) }],
  },
});
