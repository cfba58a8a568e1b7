import { positive } from '@chainrule/errors/check';
import { map, reshape, scalar as e, type Tensor } from '@chainrule/tensor';
import { betaOf } from './beta.ts';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { checkMixable, mixedLabels } from './partner.ts';
import { partnersOf } from './pairs.ts';
import { insideOf, type Rectangle } from './rectangle.ts';
import type { Scene } from './scene.ts';

/**
 * Pastes a rectangle of a partner into each image, and mixes their labels by area. Images 0 and 1 of a batch are partners, 2 and
 * 3, and so on; the last image of an odd number has no partner and stays as it is. Shuffle the data, so that partners are random.
 *
 * The rectangle has √(1 − λ) of each side, λ from Beta(alpha, alpha), and its center is uniform in the image; parts outside are cut
 * (Yun et al. 2019). Images get the same partners for batches of any even size, and of any size from zipped data sets: see
 * {@link augmentBatch}.
 *
 * @param alpha - above 0; default 1
 * @throws OptionError for an `alpha` that is not positive, and for batches with masks or boxes; DTypeError for labels that
 *   are not shares of classes
 * @example
 * const batch = { images: tensor([0, 0, 1, 1], [2, 1, 2, 1]), labels: tensor([[1, 0], [0, 1]]) };
 * const { images, labels } = cutMix()(batch, new Generator(1));
 * (images.data[0] + images.data[1]) / 2 === labels.data[1]; // => true
 */
export function cutMix(alpha = 1): Augmentation {
  positive('cutMix', 'alpha', alpha);
  return defineAugmentation({
    type: 'cutMix',
    args: [alpha],
    apply(scene) {
      const { fields } = scene.sampled();
      checkMixable('cutMix', fields);
      const rectangle = rectangleOf(scene, alpha);
      const [height, width] = scene.size;
      const share = map(
        (l, r, t, b) => e.sub(1, e.div(e.mul(e.sub(r, l), e.sub(b, t)), height * width)),
        [rectangle.left, rectangle.right, rectangle.top, rectangle.bottom],
      );
      const { images } = fields;
      const inside = insideOf(scene, rectangle);
      const mixed = map(
        (x, other, isInside) => e.select(isInside, other, x),
        [images, partnersOf(images), reshape(inside, [...inside.shape, 1])],
      );
      return scene.with({ images: mixed, ...mixedLabels(fields, reshape(share, [scene.batch])) });
    },
  });
}

function rectangleOf(scene: Scene, alpha: number): Rectangle {
  const [u, down, right] = scene.draws(3);
  const [height, width] = scene.size;
  const half = map((l) => e.mul(0.5, e.sqrt(e.sub(1, l))), [betaOf(u!, alpha)]);
  const edge = (draw: Tensor, size: number, sign: number): Tensor =>
    map(
      (center, h) => e.max(0, e.min(size, e.floor(e.add(e.mul(size, e.add(center, e.mul(sign, h))), 0.5)))),
      [draw, half],
    );
  return {
    left: edge(right!, width, -1),
    right: edge(right!, width, 1),
    top: edge(down!, height, -1),
    bottom: edge(down!, height, 1),
  };
}
