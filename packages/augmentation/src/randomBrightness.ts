import { map, scalar as e } from '@chainrule/tensor';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { between, type Factor, rangeOf } from './factor.ts';
import { changePixels, type PixelOptions, pixelChecks } from './pixels.ts';

/**
 * Makes images brighter or darker.
 *
 * y = x + f · (most − least value), clipped to these values, with f uniform in the factor's range
 *
 * @param factor - `[least, most]`, or f for [−f, f]; within [−1, 1]
 * @throws OptionError for a factor that is not such a range
 * @example
 * randomBrightness([0.2, 0.2])(tensor([100, 250], [1, 1, 2, 1], 'uint8'), new Generator(1)).toArray(); // => [[[[151],[255]]]]
 */
export function randomBrightness(factor: Factor, options: PixelOptions = {}): Augmentation {
  pixelChecks('randomBrightness', options);
  const range = rangeOf('randomBrightness', 'factor', factor, { low: -1, high: 1 });
  return defineAugmentation({
    type: 'randomBrightness',
    args: [factor, options],
    apply: (scene) =>
      changePixels(scene, options, (images, [low, high]) =>
        map((x, f) => e.add(x, e.mul(high - low, f)), [images, between(scene.draws(1, 4)[0]!, range)]),
      ),
  });
}
