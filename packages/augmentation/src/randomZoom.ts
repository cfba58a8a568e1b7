import { anything, checkOptions } from '@chainrule/errors/check';
import { map, scalar as e } from '@chainrule/tensor';
import { sampleChecks } from '@chainrule/tensor/graph';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { between, type Factor, rangeOf } from './factor.ts';
import { around } from './matrix.ts';
import { samplingOf, type SamplingOptions } from './sampling.ts';

/** Factors that leave something to see. */
export const zoomLimits = { low: -0.999, high: 1e3 } as const;

/** Options of {@link randomZoom}. */
export interface RandomZoomOptions extends SamplingOptions {
  /** The factor of the width. By default the width changes as the height, so that shapes keep their proportions. */
  readonly widthFactor?: Factor;
}

/**
 * Zooms images around their center. As in Keras, a positive factor zooms out: 1 shows the image at half its size.
 *
 * A pixel at (x, y) from the center shows the image at ((1 + zx) x, (1 + zy) y).
 *
 * @param heightFactor - zy, above −1: `[least, most]`, or f for [−f, f]
 * @throws OptionError for factors that are not such ranges
 * @example
 * const image = tensor([1, 2, 3, 4, 5], [1, 1, 5, 1]);
 * const zoomed = randomZoom([-0.5, -0.5])(image, new Generator(1));
 * zoomed.toArray()[0].flat(2); // => [2,2.5,3,3.5,4]
 */
export function randomZoom(heightFactor: Factor, options: RandomZoomOptions = {}): Augmentation {
  checkOptions<RandomZoomOptions>('randomZoom', options, { widthFactor: anything, ...sampleChecks });
  const { widthFactor, ...sampled } = options;
  const ys = rangeOf('randomZoom', 'heightFactor', heightFactor, zoomLimits);
  const xs = widthFactor === undefined ? undefined : rangeOf('randomZoom', 'widthFactor', widthFactor, zoomLimits);
  const sampling = samplingOf('randomZoom', sampled);
  return defineAugmentation({
    type: 'randomZoom',
    args: [heightFactor, options],
    apply(scene) {
      const scales = scene.draws(2).map((u, k) => map((z) => e.add(1, z), [between(u, (k === 1 && xs) || ys)]));
      const [height, width] = scene.size;
      const [y, x] = [scales[0]!, scales[xs ? 1 : 0]!];
      return scene.warped(around([x, 0, 0, y], [(width - 1) / 2, (height - 1) / 2]), sampling);
    },
  });
}
