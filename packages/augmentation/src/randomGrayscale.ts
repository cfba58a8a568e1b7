import { upToOne } from '@chainrule/errors/check';
import { map, scalar as e } from '@chainrule/tensor';
import { grayOf } from './color.ts';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';

/**
 * Makes some images gray; they keep three equal channels.
 *
 * 0.2989 r + 0.587 g + 0.114 b
 *
 * @param factor - the probability of an image, in [0, 1]; default 0.5
 * @throws OptionError if `factor` is not a probability; ShapeError for images without three channels
 * @example
 * randomGrayscale(1)(tensor([0, 1, 0], [1, 1, 1, 3]), new Generator(1)).toArray()[0].flat(); // => 0.587…,0.587…,0.587…
 */
export function randomGrayscale(factor = 0.5): Augmentation {
  upToOne('randomGrayscale', 'factor', factor);
  return defineAugmentation({
    type: 'randomGrayscale',
    args: [factor],
    apply(scene) {
      const { images } = scene.sampled().fields;
      const draw = scene.draws(1, 4)[0]!;
      return scene.with({
        images: map((x, gray, u) => e.select(e.lt(u, factor), gray, x), [images, grayOf(images), draw]),
      });
    },
  });
}
