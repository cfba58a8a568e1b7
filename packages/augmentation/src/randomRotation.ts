import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { between, type Factor, rangeOf } from './factor.ts';
import { samplingOf, type SamplingOptions } from './sampling.ts';
import { rotationMatrix } from './turn.ts';

/**
 * Rotates images around their center. Multiples of a quarter turn are exact; if one side is even and the other odd, quarter turns
 * are around a point half a pixel above the center, so that each pixel shows one pixel.
 *
 * angle = 2π u, u uniform in the factor's range; counterclockwise
 *
 * @param factor - in turns: `[least, most]`, or f for [−f, f]
 * @throws OptionError for a factor that is not such a range
 * @example
 * const image = tensor([1, 2, 3, 4], [1, 2, 2, 1]);
 * randomRotation([0.25, 0.25])(image, new Generator(1)).toArray(); // => 2,4,1,3
 */
export function randomRotation(factor: Factor, options: SamplingOptions = {}): Augmentation {
  const range = rangeOf('randomRotation', 'factor', factor);
  const sampling = samplingOf('randomRotation', options);
  return defineAugmentation({
    type: 'randomRotation',
    args: [factor, options],
    apply: (scene) => scene.warped(rotationMatrix(between(scene.draws(1)[0]!, range), scene.size), sampling),
  });
}
