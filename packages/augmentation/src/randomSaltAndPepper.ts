import { upToOne } from '@chainrule/errors/check';
import { map, reshape, scalar as e } from '@chainrule/tensor';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { type PixelOptions, pixelChecks, valueRangeOf } from './pixels.ts';

/**
 * Replaces some pixels by the least value (pepper) and as many by the greatest (salt), in all channels.
 *
 * @param amount - the share of pixels that are replaced, in [0, 1]; default 0.05
 * @throws OptionError for a share outside [0, 1]
 * @example
 * const noisy = randomSaltAndPepper(1)(full([1, 4, 4, 1], 0.5), new Generator(1));
 * [...new Set(noisy.data)].sort(); // => [0,1]
 */
export function randomSaltAndPepper(amount = 0.05, options: PixelOptions = {}): Augmentation {
  upToOne('randomSaltAndPepper', 'amount', amount);
  pixelChecks('randomSaltAndPepper', options);
  return defineAugmentation({
    type: 'randomSaltAndPepper',
    args: [amount, options],
    apply(scene) {
      const [low, high] = valueRangeOf(scene, options);
      const { images } = scene.sampled().fields;
      const [, height, width] = images.shape;
      const draws = reshape(scene.draw([height, width]), [scene.batch, height, width, 1]);
      const noisy = map(
        (x, u) => e.select(e.lt(u, amount), e.select(e.lt(u, amount / 2), low, high), x),
        [images, draws],
      );
      return scene.with({ images: noisy });
    },
  });
}
