import { ShapeError, showShape } from '@chainrule/errors';
import { aBoolean } from '@chainrule/errors/check';
import { defineOp, type Op } from '../defineOp.ts';
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { GlobalPooling } from '../signatures/index.ts';
import { max } from '../reduction/max.ts';

/**
 * The largest element of each channel over all spatial axes.
 *
 * max over axes 1 … rank − 2
 *
 * @param x - `[batch, …spatial, channels]`, with one spatial axis or more
 * @param options - `keepDims`: whether to keep the spatial axes with size 1, by default false
 * @returns `[batch, channels]`
 * @throws ShapeError below rank 3
 * @example
 * globalMaxPool(tensor([1, 2, 3, 4], [1, 2, 2, 1])).item(); // => 4
 */
export const globalMaxPool: Op<GlobalPooling<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'globalMaxPool',
  options: { keepDims: aBoolean },
  lower: (x: Tensor<readonly number[], FloatDType>, { keepDims = false }: { readonly keepDims?: boolean } = {}) => {
    if (x.rank < 3)
      throw new ShapeError(
        `globalMaxPool: \`x\` expects rank 3 or more [batch,...spatial,channels], got ${showShape(x.shape)}`,
      );
    return max(x, { axis: x.shape.map((_, i) => i).slice(1, -1), keepDims });
  },
  domain: {
    sample: (s) => [
      s.uniform(
        s.pick([
          [2, 3, 2],
          [1, 2, 3, 2],
        ]),
      ),
      { keepDims: s.pick([true, false]) },
    ],
  },
});
