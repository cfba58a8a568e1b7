import { map, scalar as e, type Tensor } from '@chainrule/tensor';
import { channelsOf, joined } from './color.ts';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { between, type Factor, rangeOf } from './factor.ts';
import { changePixels, type PixelOptions, pixelChecks } from './pixels.ts';

/**
 * Turns the colors of images on the color circle.
 *
 * The hue of hue, saturation and value (Smith 1978) grows by f turns, f uniform in the factor's range.
 *
 * @param factor - in turns: `[least, most]`, or g for [−g, g]; within [−0.5, 0.5]
 * @throws OptionError for a factor that is not such a range; ShapeError for images without three channels
 * @example
 * const red = tensor([1, 0, 0], [1, 1, 1, 3]);
 * randomHue([0.5, 0.5])(red, new Generator(1)).toArray()[0].flat(); // => [[0,1,1]]
 */
export function randomHue(factor: Factor, options: PixelOptions = {}): Augmentation {
  pixelChecks('randomHue', options);
  const range = rangeOf('randomHue', 'factor', factor, { low: -0.5, high: 0.5 });
  return defineAugmentation({
    type: 'randomHue',
    args: [factor, options],
    apply: (scene) => changePixels(scene, options, (images) => turnHue(images, between(scene.draws(1, 4)[0]!, range))),
  });
}

/** Images with their hue turned by `turns` `[batch, 1, 1, 1]`. An image that does not turn keeps every bit. */
function turnHue(images: Tensor, turns: Tensor): Tensor {
  const channels = channelsOf(images);
  // Each channel is value · (1 − saturation · clamp(min(k, 4 − k), 0, 1)), k = (n + 6 · hue) mod 6, n = 5, 3, 1.
  return joined(
    [5, 3, 1].map((n, i) =>
      map(
        (r, g, b, turn) => {
          const [value, chroma, hue] = valueChromaHue(r, g, b);
          const shifted = e.add(e.add(n, hue), e.mul(6, turn));
          const k = e.sub(shifted, e.mul(6, e.floor(e.div(shifted, 6))));
          const part = e.max(0, e.min(1, e.min(k, e.sub(4, k))));
          return e.select(e.eq(turn, 0), [r, g, b][i]!, e.sub(value, e.mul(chroma, part)));
        },
        [...channels, turns],
      ),
    ),
  );
}

/** The largest channel, its distance to the smallest, and the hue in sixths of a turn. */
function valueChromaHue(r: e.Scalar, g: e.Scalar, b: e.Scalar): readonly [e.Scalar, e.Scalar, e.Scalar] {
  const value = e.max(r, e.max(g, b));
  const chroma = e.sub(value, e.min(r, e.min(g, b)));
  const by = e.select(e.eq(chroma, 0), 1, chroma);
  const side = (from: number, a: e.Scalar, c: e.Scalar): e.Scalar => e.add(from, e.div(e.sub(a, c), by));
  return [
    value,
    chroma,
    e.select(e.eq(value, r), side(0, g, b), e.select(e.eq(value, g), side(2, b, r), side(4, r, g))),
  ];
}
