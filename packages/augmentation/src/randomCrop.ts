import { OptionError } from '@chainrule/errors';
import { aCount, checkOptions, integerFrom } from '@chainrule/errors/check';
import { map, scalar as e, type Tensor } from '@chainrule/tensor';
import { sampleChecks } from '@chainrule/tensor/graph';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { samplingOf, type SamplingOptions } from './sampling.ts';

/** Options of {@link randomCrop}. `fillMode` is 'constant' by default. */
export interface RandomCropOptions extends SamplingOptions {
  /** Pixels around the image that a crop may show, filled as `fillMode` says. Default 0. */
  readonly padding?: number;
}

const fromZero = /* @__PURE__ */ integerFrom(0);

/**
 * Cuts a part of a given size out of each image, at a random place. Exact.
 *
 * @param height - of the result
 * @param width - of the result
 * @throws OptionError for sizes that are not positive integers, and when it meets images smaller than the crop
 * @example
 * randomCrop(28, 28, { padding: 4 })(zeros([2, 28, 28, 1]), new Generator(1)).shape; // => 2,28,28,1
 */
export function randomCrop(height: number, width: number, options: RandomCropOptions = {}): Augmentation {
  aCount('randomCrop', 'height', height);
  aCount('randomCrop', 'width', width);
  checkOptions<RandomCropOptions>('randomCrop', options, { padding: fromZero, ...sampleChecks });
  const { padding = 0, ...sampled } = options;
  const sampling = samplingOf('randomCrop', sampled, 'constant');
  return defineAugmentation({
    type: 'randomCrop',
    args: [height, width, options],
    apply(scene) {
      const [u, v] = scene.draws(2);
      const [fullHeight, fullWidth] = scene.size;
      const start = (draw: Tensor, full: number, part: number): Tensor => {
        const places = full + 2 * padding - part + 1;
        if (places < 1)
          throw new OptionError(
            `randomCrop: the crop must fit the image, got ${height}x${width} for ${fullHeight}x${fullWidth}; pass \`padding\``,
          );
        return map((r) => e.sub(e.floor(e.mul(places, r)), padding), [draw]);
      };
      const [y, x] = [start(u!, fullHeight, height), start(v!, fullWidth, width)];
      return scene.warped([1, 0, x, 0, 1, y, 0, 0, 1], padding === 0 ? undefined : sampling, [height, width]);
    },
  });
}
