import { integerFrom, nonNegative } from '@chainrule/errors/check';
import { cumsum, map, reshape, scalar as e, slice, type Tensor } from '@chainrule/tensor';
import { randomCurves } from './curve.ts';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { atSteps } from './timeline.ts';

const fromZero = /* @__PURE__ */ integerFrom(0);

/**
 * Makes a sequence `[batch, time, features]` run faster in some places and slower in others; its ends stay.
 *
 * Step t shows the time T(t) = (time − 1) · Σ c / Σ all c, the sum of speeds c up to t; c is a smooth curve as in
 * {@link magnitudeWarp}, kept above 0 (Um et al. 2017). Between steps, values are linear.
 *
 * @param std - default 0.2
 * @param knots - points of the curve between the first step and the last; default 4
 * @throws OptionError for a negative `std` or number of knots
 * @example
 * timeWarp(0.1)(zeros([2, 10, 3]), new Generator(1)).shape; // => 2,10,3
 */
export function timeWarp(std = 0.2, knots = 4): Augmentation {
  nonNegative('timeWarp', 'std', std);
  fromZero('timeWarp', 'knots', knots);
  return defineAugmentation({
    type: 'timeWarp',
    kind: 'sequences',
    args: [std, knots],
    apply(scene) {
      const { images } = scene.fields;
      const time = images.shape[1];
      const speeds = reshape(randomCurves(scene, time, knots, std, 1), [scene.batch, time]);
      if (std === 0 || time < 2 || images.size === 0) return scene;
      return scene.with({ images: atSteps(images, warpedSteps(speeds)) });
    },
  });
}

/** The times from 0 to the last step that pass at these speeds. */
function warpedSteps(speeds: Tensor): Tensor {
  const [batch, time] = speeds.shape;
  const positive = map((c) => e.max(0.01, c), [speeds]);
  const passed = cumsum(positive, 1);
  const column = (t: Tensor, k: number): Tensor => slice(t, [0, k], [batch, 1]);
  return map(
    (sum, first, last) => e.mul(time - 1, e.div(e.sub(sum, first), e.sub(last, first))),
    [passed, column(passed, 0), column(passed, time - 1)],
  );
}
