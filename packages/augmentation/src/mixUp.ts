import { positive } from '@chainrule/errors/check';
import { map, scalar as e } from '@chainrule/tensor';
import { betaOf } from './beta.ts';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { checkMixable, mixedLabels } from './partner.ts';
import { partnersOf } from './pairs.ts';
import { perRow } from './values.ts';

/**
 * Mixes each image with a partner, and their labels in the same shares. Images 0 and 1 of a batch are partners, 2 and 3, and so
 * on; the last image of an odd number has no partner and stays as it is. Shuffle the data, so that partners are random.
 *
 * y = λ x + (1 − λ) partner, λ from Beta(alpha, alpha) for each image (Zhang et al. 2018). Images get the same partners for
 * batches of any even size, and of any size from zipped data sets: see {@link augmentBatch}.
 *
 * @param alpha - above 0; default 0.2
 * @throws OptionError for an `alpha` that is not positive, and for batches with masks or boxes; DTypeError for labels that
 *   are not shares of classes
 * @example
 * const batch = { images: tensor([0, 1], [2, 1, 1, 1]), labels: tensor([[1, 0], [0, 1]]) };
 * const { images, labels } = mixUp(0.4)(batch, new Generator(1));
 * Math.abs(images.data[0] - labels.data[1]) < 1e-6; // => true
 */
export function mixUp(alpha = 0.2): Augmentation {
  positive('mixUp', 'alpha', alpha);
  return defineAugmentation({
    type: 'mixUp',
    args: [alpha],
    apply(scene) {
      const { fields } = scene.sampled();
      checkMixable('mixUp', fields);
      const share = betaOf(scene.draws(1, 1)[0]!, alpha);
      const { images } = fields;
      const mixed = map(
        (x, other, s) => e.add(other, e.mul(s, e.sub(x, other))),
        [images, partnersOf(images), perRow(share, 4)],
      );
      return scene.with({ images: mixed, ...mixedLabels(fields, share) });
    },
  });
}
