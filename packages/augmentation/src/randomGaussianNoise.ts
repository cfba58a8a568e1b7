import { nonNegative } from '@chainrule/errors/check';
import { map, scalar as e } from '@chainrule/tensor';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { normals } from './normals.ts';
import { changePixels, type PixelOptions, pixelChecks } from './pixels.ts';

/**
 * Adds noise to each value of an image.
 *
 * y = x + std · (most − least value) · n, clipped, with n from the standard normal distribution
 *
 * @param std - standard deviation as a share of the values' range; default 0.1
 * @throws OptionError for a negative `std`
 * @example
 * randomGaussianNoise(0.1)(zeros([2, 4, 4, 1]), new Generator(1)).shape; // => 2,4,4,1
 */
export function randomGaussianNoise(std = 0.1, options: PixelOptions = {}): Augmentation {
  nonNegative('randomGaussianNoise', 'std', std);
  pixelChecks('randomGaussianNoise', options);
  return defineAugmentation({
    type: 'randomGaussianNoise',
    args: [std, options],
    apply: (scene) =>
      changePixels(scene, options, (images, [low, high]) =>
        map((x, n) => e.add(x, e.mul(std * (high - low), n)), [images, normals(scene, images.shape.slice(1))]),
      ),
  });
}
