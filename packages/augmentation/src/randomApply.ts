import { upToOne } from '@chainrule/errors/check';
import { map, scalar as e } from '@chainrule/tensor';
import { anAugmentation } from './compose.ts';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';

/**
 * Applies an augmentation to some of the images.
 *
 * @param augmentation - an augmentation that keeps the shape
 * @param p - the probability of an image, in [0, 1]; default 0.5
 * @throws OptionError if `augmentation` is not an augmentation or `p` not a probability
 * @example
 * randomApply(randomGaussianBlur(), 0.3)(zeros([2, 4, 4, 1]), new Generator(1)).shape; // => 2,4,4,1
 */
export function randomApply(augmentation: Augmentation, p = 0.5): Augmentation {
  anAugmentation('randomApply', 'augmentation', augmentation);
  upToOne('randomApply', 'p', p);
  return defineAugmentation({
    type: 'randomApply',
    kind: augmentation.kind,
    args: [augmentation, p],
    apply(scene) {
      const condition = map((u) => e.lt(u, p), [scene.draws(1, 1)[0]!]);
      return scene.orElse(condition, augmentation['~apply'](scene));
    },
  });
}
