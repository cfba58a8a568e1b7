import { ShapeError, showShape } from '@chainrule/errors';
import { anything, type Checks } from '@chainrule/errors/check';
import { defineOp, type Op } from '../defineOp.ts';
import type { FloatDType } from '../../array/dtype.ts';
import type { Tensor } from '../../array/tensor.ts';
import { broadcastNode } from '../../nodes/view.ts';
import type { Padding } from '../../types/window.ts';
import type { FilterImage } from '../signatures/index.ts';
import { kernelParams } from './convolution.ts';
import { depthwiseConv2d } from './depthwiseConv2d.ts';

export interface FilterImageOptions {
  /**
   * 'same' pads with zeros, which darkens the border of a blur. To avoid that, `pad` with mode 'edge' and use 'valid'.
   * Default same.
   */
  readonly padding?: Padding;
}

type Float = Tensor<readonly number[], FloatDType>;

/**
 * Applies one kernel to every channel of images.
 *
 * y[b, i, j, c] = Σ x[b, i + u − p, j + v − p, c] · k[u, v], a correlation: the kernel is not flipped
 *
 * @param x - `[batch, height, width, channels]`, float32 or float64
 * @param kernel - `[height, width, 1, 1]` of the same dtype, for example from {@link gaussianBlurKernel}
 * @param options - `padding`, by default 'same'
 * @throws ShapeError if `x` is not a batch of images or the kernel has another layout
 * @example
 * filterImage(tensor([1, 2, 3], [1, 1, 3, 1]), boxBlurKernel(1)).toArray(); // => 1,2,3
 * filterImage(ones([1, 3, 3, 1]), sobelKernels().x, { padding: 'valid' }).item(); // => 0
 */
export const filterImage: Op<FilterImage<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'filterImage',
  params: kernelParams,
  options: { padding: anything } satisfies Checks<FilterImageOptions>,
  lower: (x: Float, kernel: Float, { padding = 'same' }: FilterImageOptions = {}) => {
    if (x.rank !== 4)
      throw new ShapeError(
        `filterImage: \`x\` expects rank 4 [batch,height,width,channels], got ${showShape(x.shape)}`,
      );
    if (kernel.rank !== 4 || kernel.shape[2] !== 1 || kernel.shape[3] !== 1) {
      throw new ShapeError(`filterImage: \`kernel\` expects [height,width,1,1], got ${showShape(kernel.shape)}`);
    }
    const repeated = broadcastNode(kernel, [kernel.shape[0], kernel.shape[1], x.shape[3], 1]) as Float;
    return depthwiseConv2d(x, repeated, { padding });
  },
  domain: {
    sample: (s) => [
      s.uniform([1, 4, 3, 2]),
      s.uniform([s.integer(1, 3), 3, 1, 1]),
      { padding: s.pick(['same', 'valid']) },
    ],
  },
});
