import { oneOf } from '@chainrule/errors/check';
import { map, scalar as e, type Tensor } from '@chainrule/tensor';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { around } from './matrix.ts';

/** Which sides {@link randomFlip} exchanges. */
export type FlipMode = 'horizontal' | 'vertical' | 'horizontalAndVertical';

const aMode = /* @__PURE__ */ oneOf('horizontal', 'vertical', 'horizontalAndVertical');

/**
 * Flips half of the images: left and right, or top and bottom, or each of the two with probability ½. Exact.
 *
 * @param mode - 'horizontal', 'vertical', or 'horizontalAndVertical' (default)
 * @throws OptionError for another mode
 * @example
 * const image = tensor([1, 2, 3], [1, 1, 3, 1]);
 * const flipped = randomFlip('horizontal')(image, new Generator(2));
 * flipped.toArray()[0].flat(2); // => [3,2,1]
 */
export function randomFlip(mode: FlipMode = 'horizontalAndVertical'): Augmentation {
  aMode('randomFlip', 'mode', mode);
  return defineAugmentation({
    type: 'randomFlip',
    args: [mode],
    apply(scene) {
      const [u, v] = scene.draws(2);
      const [height, width] = scene.size;
      const sign = (draw: Tensor, isOn: boolean): Tensor | number =>
        isOn ? map((r) => e.cast(e.select(e.lt(r, 0.5), -1, 1), draw.dtype), [draw]) : 1;
      const linear = [sign(u!, mode !== 'vertical'), 0, 0, sign(v!, mode !== 'horizontal')] as const;
      return scene.warped(around(linear, [(width - 1) / 2, (height - 1) / 2]));
    },
  });
}
