import { integerFrom, nonNegative } from '@chainrule/errors/check';
import { map, scalar as e } from '@chainrule/tensor';
import { randomCurves } from './curve.ts';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';

const fromZero = /* @__PURE__ */ integerFrom(0);

/**
 * Multiplies each feature of a sequence `[batch, time, features]` by a smooth random curve.
 *
 * The curve is a natural cubic spline through `knots` + 2 values of mean 1 and standard deviation `std` (Um et al. 2017).
 *
 * @param std - default 0.2
 * @param knots - points of the curve between the first step and the last; default 4
 * @throws OptionError for a negative `std` or number of knots
 * @example
 * magnitudeWarp(0.1)(zeros([2, 10, 3]), new Generator(1)).shape; // => 2,10,3
 */
export function magnitudeWarp(std = 0.2, knots = 4): Augmentation {
  nonNegative('magnitudeWarp', 'std', std);
  fromZero('magnitudeWarp', 'knots', knots);
  return defineAugmentation({
    type: 'magnitudeWarp',
    kind: 'sequences',
    args: [std, knots],
    apply(scene) {
      const { images } = scene.fields;
      const [, time, features] = images.shape;
      const curves = randomCurves(scene, time, knots, std, features);
      // A curve of equal values is exact only up to rounding.
      return std === 0 ? scene : scene.with({ images: map(e.mul, [images, curves]) });
    },
  });
}
