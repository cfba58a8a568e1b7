import { nonNegative } from '@chainrule/errors/check';
import { map, scalar as e } from '@chainrule/tensor';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { normals } from './normals.ts';

/**
 * Adds noise to each value of a sequence `[batch, time, features]`.
 *
 * y = x + std · n, n from the standard normal distribution (Um et al. 2017)
 *
 * @param std - standard deviation of the noise; default 0.05
 * @throws OptionError for a negative `std`
 * @example
 * jitter(0.1)(zeros([2, 10, 3]), new Generator(1)).shape; // => 2,10,3
 */
export function jitter(std = 0.05): Augmentation {
  nonNegative('jitter', 'std', std);
  return defineAugmentation({
    type: 'jitter',
    kind: 'sequences',
    args: [std],
    apply(scene) {
      const { images } = scene.fields;
      return scene.with({
        images: map((x, n) => e.add(x, e.mul(std, n)), [images, normals(scene, images.shape.slice(1))]),
      });
    },
  });
}
