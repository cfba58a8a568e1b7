import { nonNegative } from '@chainrule/errors/check';
import { map, matmul, reshape, scalar as e, slice, type Tensor, transpose } from '@chainrule/tensor';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { smoothingMatrix } from './gaussian.ts';
import { samplingOf, type SamplingOptions } from './sampling.ts';

/**
 * Bends images: each pixel shows a place nearby, and neighbors move by similar offsets.
 *
 * offset = alpha · G(u), u uniform in [−1, 1) for each pixel and direction, G a Gaussian blur (Simard, Steinkraus, Platt
 * 2003). Boxes follow to first order.
 *
 * @param alpha - strength, in pixels before the blur; default 50
 * @param sigma - standard deviation of the blur, in pixels; default 5
 * @throws OptionError for negative arguments
 * @example
 * randomElastic(20, 3)(zeros([2, 8, 8, 1]), new Generator(1)).shape; // => 2,8,8,1
 */
export function randomElastic(alpha = 50, sigma = 5, options: SamplingOptions = {}): Augmentation {
  nonNegative('randomElastic', 'alpha', alpha);
  nonNegative('randomElastic', 'sigma', sigma);
  const sampling = samplingOf('randomElastic', options);
  return defineAugmentation({
    type: 'randomElastic',
    args: [alpha, sigma, options],
    apply(scene) {
      const { batch, dtype, size } = scene;
      const [height, width] = size;
      const noise = map((u) => e.mul(alpha, e.sub(e.mul(2, u), 1)), [scene.draw([2, height, width])]);
      const across = transpose(smoothingMatrix(width, sigma, dtype));
      const smooth = matmul(smoothingMatrix(height, sigma, dtype), matmul(noise, across));
      const direction = (k: number): Tensor =>
        reshape(slice(smooth, [0, k, 0, 0], [batch, 1, height, width]), [batch, height, width]);
      return scene.bent({ x: direction(0), y: direction(1) }, sampling);
    },
  });
}
