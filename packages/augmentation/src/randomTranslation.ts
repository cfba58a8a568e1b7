import { map, scalar as e } from '@chainrule/tensor';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { between, type Factor, rangeOf } from './factor.ts';
import { samplingOf, type SamplingOptions } from './sampling.ts';

/**
 * Shifts images.
 *
 * @param heightFactor - the shift down as a share of the height: `[least, most]`, or f for [−f, f]
 * @param widthFactor - the shift right as a share of the width; by default the `heightFactor`
 * @throws OptionError for factors that are not such ranges
 * @example
 * const image = tensor([1, 2, 3, 4], [1, 1, 4, 1]);
 * const right = randomTranslation(0, [0.25, 0.25], { fillMode: 'constant' });
 * right(image, new Generator(1)).toArray(); // => [[[[0],[1],[2],[3]]]]
 */
export function randomTranslation(
  heightFactor: Factor,
  widthFactor: Factor = heightFactor,
  options: SamplingOptions = {},
): Augmentation {
  const down = rangeOf('randomTranslation', 'heightFactor', heightFactor);
  const right = rangeOf('randomTranslation', 'widthFactor', widthFactor);
  const sampling = samplingOf('randomTranslation', options);
  return defineAugmentation({
    type: 'randomTranslation',
    args: [heightFactor, widthFactor, options],
    apply(scene) {
      const [u, v] = scene.draws(2);
      const [height, width] = scene.size;
      const x = map((shift) => e.mul(-width, shift), [between(v!, right)]);
      const y = map((shift) => e.mul(-height, shift), [between(u!, down)]);
      return scene.warped([1, 0, x, 0, 1, y, 0, 0, 1], sampling);
    },
  });
}
