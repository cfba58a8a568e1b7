import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { between, type Factor, rangeOf } from './factor.ts';
import { around } from './matrix.ts';
import { samplingOf, type SamplingOptions } from './sampling.ts';

/**
 * Shears images around their center.
 *
 * A pixel at (x, y) from the center shows the image at (x + sx · y, y + sy · x).
 *
 * @param xFactor - sx: `[least, most]`, or f for [−f, f]
 * @param yFactor - sy; default 0
 * @throws OptionError for factors that are not such ranges
 * @example
 * const image = tensor([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
 * const sheared = randomShear([1, 1], 0, { fillMode: 'constant' })(image, new Generator(1));
 * sheared.toArray()[0].flat(2); // => [0,1,2,4,5,6,8,9,0]
 */
export function randomShear(xFactor: Factor, yFactor: Factor = 0, options: SamplingOptions = {}): Augmentation {
  const [xs, ys] = [rangeOf('randomShear', 'xFactor', xFactor), rangeOf('randomShear', 'yFactor', yFactor)];
  const sampling = samplingOf('randomShear', options);
  return defineAugmentation({
    type: 'randomShear',
    args: [xFactor, yFactor, options],
    apply(scene) {
      const [u, v] = scene.draws(2);
      const [height, width] = scene.size;
      const center = [(width - 1) / 2, (height - 1) / 2] as const;
      return scene.warped(around([1, between(u!, xs), between(v!, ys), 1], center), sampling);
    },
  });
}
