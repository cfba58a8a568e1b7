import { map, mean, scalar as e } from '@chainrule/tensor';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { between, type Factor, rangeOf } from './factor.ts';
import { changePixels, type PixelOptions, pixelChecks } from './pixels.ts';

/**
 * Raises or lowers the contrast of images.
 *
 * y = mean + f · (x − mean), clipped, with the mean of each channel and f uniform in the factor's range
 *
 * @param factor - `[least, most]`, at least 0; or a number g for [1 − g, 1 + g]
 * @throws OptionError for a factor that is not such a range
 * @example
 * randomContrast([0.5, 0.5])(tensor([0.2, 0.6], [1, 1, 2, 1]), new Generator(1)).toArray(); // => 0.3000000…,0.5
 */
export function randomContrast(factor: Factor, options: PixelOptions = {}): Augmentation {
  pixelChecks('randomContrast', options);
  const range = rangeOf('randomContrast', 'factor', factor, { center: 1, low: 0 });
  return defineAugmentation({
    type: 'randomContrast',
    args: [factor, options],
    apply: (scene) =>
      changePixels(scene, options, (images) =>
        map(
          (x, m, f) => e.add(x, e.mul(e.sub(f, 1), e.sub(x, m))),
          [images, mean(images, [1, 2], { keepDims: true }), between(scene.draws(1, 4)[0]!, range)],
        ),
      ),
  });
}
