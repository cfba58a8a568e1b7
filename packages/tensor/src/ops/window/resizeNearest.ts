import { defineOp, type Op } from '../defineOp.ts';
import { aTensor, numbers } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import { gatherNode } from '../../nodes/gather.ts';
import type { Resize } from '../signatures/index.ts';
import { center, checkResize, positions } from './resizing.ts';

/**
 * Resizes images. Each pixel copies the nearest one.
 *
 * y[i] = x[⌊(i + ½) · n / m⌋] along height and width, which change from n to m pixels. Pixel centers are at
 * half-integers, as in TensorFlow 2 and Keras. Integer factors repeat each pixel.
 *
 * @param x - `[batch, height, width, channels]`
 * @param size - the new `[height, width]`
 * @throws ShapeError if `x` is not a batch of images; OptionError if sizes are not positive integers
 * @example
 * resizeNearest(tensor([1, 2], [1, 1, 2, 1]), [1, 4]).toArray(); // => 1,1,2,2
 */
export const resizeNearest: Op<Resize<'resizeNearest'>> = /* @__PURE__ */ defineOp({
  name: 'resizeNearest',
  params: { x: aTensor, size: numbers },
  lower: (x: Tensor, size: readonly [number, number]) => {
    checkResize('resizeNearest', x, size);
    return size.reduce((y, m, k) => {
      const n = x.shape[k + 1]!;
      return m === n
        ? y
        : gatherNode(
            y,
            positions(m, (i) => Math.min(n - 1, Math.floor(center(i, n, m) + 0.5))),
            k + 1,
          );
    }, x);
  },
  domain: {
    sample: (s) => [
      s.uniform([2, 3, 2, 2]),
      s.pick([
        [6, 4],
        [2, 3],
        [3, 2],
        [1, 5],
      ]),
    ],
  },
});
