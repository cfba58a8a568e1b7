import { numberThat } from '@chainrule/errors/check';
import { map, scalar as e } from '@chainrule/tensor';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { gridAxis } from './grid.ts';
import { atSteps } from './timeline.ts';

const aShare = /* @__PURE__ */ numberThat('in (0, 1]', (value) => value > 0 && value <= 1);

/**
 * Cuts a window at a random place out of each sequence `[batch, time, features]`, and stretches it to the whole length.
 *
 * The window spans ratio · (time − 1) steps (Le Guennec et al. 2016). Between steps, values are linear.
 *
 * @param ratio - the share of the length that is kept, in (0, 1]; default 0.9
 * @throws OptionError for a ratio outside (0, 1]
 * @example
 * const sliced = windowSlice(0.5)(tensor([0, 2, 4, 6, 8], [1, 5, 1]), new Generator(1));
 * sliced.data[4] - sliced.data[0]; // => 4
 */
export function windowSlice(ratio = 0.9): Augmentation {
  aShare('windowSlice', 'ratio', ratio);
  return defineAugmentation({
    type: 'windowSlice',
    kind: 'sequences',
    args: [ratio],
    apply(scene) {
      const { images } = scene.fields;
      const time = images.shape[1];
      const draw = scene.draws(1, 2)[0]!;
      if (images.size === 0) return scene;
      const steps = map(
        (t, u) => e.add(e.mul(ratio, t), e.mul((1 - ratio) * (time - 1), u)),
        [gridAxis(time, 1, scene.dtype), draw],
      );
      return scene.with({ images: atSteps(images, steps) });
    },
  });
}
