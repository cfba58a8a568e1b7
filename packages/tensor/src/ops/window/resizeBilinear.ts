import { checkFloat } from '../../array/checkDType.ts';
import { defineOp, type Op } from '../defineOp.ts';
import { allocate, type FloatDType } from '../../array/dtype.ts';
import { aTensor, numbers } from '../../array/checks.ts';
import { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { gatherNode } from '../../nodes/gather.ts';
import { map } from '../../nodes/map.ts';
import type { Resize } from '../signatures/index.ts';
import { center, checkResize, positions } from './resizing.ts';

/**
 * Resizes images by bilinear interpolation.
 *
 * y[i] = x[l] + (x[l + 1] − x[l]) · (c − l) with c = (i + ½) · n / m − ½ and l = ⌊c⌋ along height and width, which
 * change from n to m pixels. Border pixels are repeated. Pixel centers are at half-integers and there is no
 * antialiasing, as in TensorFlow 2 and Keras.
 *
 * @param x - `[batch, height, width, channels]`, float32 or float64
 * @param size - the new `[height, width]`
 * @throws ShapeError if `x` is not a batch of images; OptionError if sizes are not positive integers; DTypeError for
 *   integers
 * @example
 * resizeBilinear(tensor([0, 4], [1, 1, 2, 1]), [1, 4]).toArray(); // => 0,1,3,4
 */
export const resizeBilinear: Op<Resize<'resizeBilinear', FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'resizeBilinear',
  params: { x: aTensor, size: numbers },
  lower: (x: Tensor, size: readonly [number, number]) => {
    checkResize('resizeBilinear', x, size);
    checkFloat('resizeBilinear', x.dtype);
    return size.reduce((y, m, k) => interpolate(y, m, k + 1), x);
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

function interpolate(x: Tensor, m: number, axis: number): Tensor {
  const n = x.shape[axis]!;
  if (m === n) return x;
  const clamp = (i: number): number => Math.min(Math.max(i, 0), n - 1);
  const neighbour = (offset: number): Tensor =>
    gatherNode(
      x,
      positions(m, (i) => clamp(Math.floor(center(i, n, m)) + offset)),
      axis,
    );
  const weights = allocate(x.dtype, m);
  for (let i = 0; i < m; i++) weights[i] = center(i, n, m) - Math.floor(center(i, n, m));
  const shape = [m, ...x.shape.slice(axis + 1).map(() => 1)];
  return map(
    (low, high, w) => e.add(low, e.mul(e.sub(high, low), w)),
    [neighbour(0), neighbour(1), new Tensor(shape, x.dtype, weights)],
  );
}
