import { nonNegative } from '@chainrule/errors/check';
import { map, reshape, scalar as e } from '@chainrule/tensor';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { normals } from './normals.ts';

/**
 * Multiplies each feature of a sequence `[batch, time, features]` by one random factor.
 *
 * y = (1 + std · n) x, n from the standard normal distribution (Um et al. 2017)
 *
 * @param std - standard deviation of the factor; default 0.1
 * @throws OptionError for a negative `std`
 * @example
 * scaling(0.1)(zeros([2, 10, 3]), new Generator(1)).shape; // => 2,10,3
 */
export function scaling(std = 0.1): Augmentation {
  nonNegative('scaling', 'std', std);
  return defineAugmentation({
    type: 'scaling',
    kind: 'sequences',
    args: [std],
    apply(scene) {
      const { images } = scene.fields;
      const features = images.shape[2];
      const factors = reshape(normals(scene, [features]), [scene.batch, 1, features]);
      return scene.with({ images: map((x, n) => e.mul(x, e.add(1, e.mul(std, n))), [images, factors]) });
    },
  });
}
