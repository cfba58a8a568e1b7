import { map, scalar as e } from '@chainrule/tensor';
import { grayOf } from './color.ts';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { between, type Factor, rangeOf } from './factor.ts';
import { changePixels, type PixelOptions, pixelChecks } from './pixels.ts';

/**
 * Makes colors stronger or weaker, as torchvision does.
 *
 * y = gray + f · (x − gray), clipped, with gray = 0.2989 r + 0.587 g + 0.114 b and f uniform in the factor's range
 *
 * @param factor - `[least, most]`, at least 0; or a number g for [1 − g, 1 + g]
 * @throws OptionError for a factor that is not such a range; ShapeError for images without three channels
 * @example
 * randomSaturation([0, 0])(tensor([1, 0, 0], [1, 1, 1, 3]), new Generator(1)).toArray()[0].flat(); // => 0.2989…,0.2989…,0.2989…
 */
export function randomSaturation(factor: Factor, options: PixelOptions = {}): Augmentation {
  pixelChecks('randomSaturation', options);
  const range = rangeOf('randomSaturation', 'factor', factor, { center: 1, low: 0 });
  return defineAugmentation({
    type: 'randomSaturation',
    args: [factor, options],
    apply: (scene) =>
      changePixels(scene, options, (images) =>
        // In this order, f = 1 keeps every bit.
        map(
          (x, gray, f) => e.add(x, e.mul(e.sub(f, 1), e.sub(x, gray))),
          [images, grayOf(images), between(scene.draws(1, 4)[0]!, range)],
        ),
      ),
  });
}
