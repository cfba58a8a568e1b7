import { map, reshape, scalar as e } from '@chainrule/tensor';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { between, type Factor, rangeOf } from './factor.ts';
import { changePixels, type PixelOptions, pixelChecks } from './pixels.ts';

/**
 * Makes each channel of an image brighter or darker by itself.
 *
 * y = x + f · (most − least value), clipped, with f uniform for each channel
 *
 * @param factor - `[least, most]`, or g for [−g, g]; within [−1, 1]
 * @throws OptionError for a factor that is not such a range
 * @example
 * randomChannelShift([0.25, 0.25])(tensor([0, 0.5, 1], [1, 1, 1, 3]), new Generator(1)).toArray()[0].flat(); // => [[0.25,0.75,1]]
 */
export function randomChannelShift(factor: Factor, options: PixelOptions = {}): Augmentation {
  pixelChecks('randomChannelShift', options);
  const range = rangeOf('randomChannelShift', 'factor', factor, { low: -1, high: 1 });
  return defineAugmentation({
    type: 'randomChannelShift',
    args: [factor, options],
    apply: (scene) =>
      changePixels(scene, options, (images, [low, high]) => {
        const channels = images.shape[3];
        const shifts = reshape(between(scene.draw([channels]), range), [scene.batch, 1, 1, channels]);
        return map((x, f) => e.add(x, e.mul(high - low, f)), [images, shifts]);
      }),
  });
}
