import { anything, checkOptions, checkThat, upToOne } from '@chainrule/errors/check';
import { map, reshape, scalar as e, type Tensor } from '@chainrule/tensor';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { between, rangeOf } from './factor.ts';
import { aRange, type PixelOptions, valueRangeOf } from './pixels.ts';
import { insideOf, type Rectangle } from './rectangle.ts';
import type { Scene } from './scene.ts';

/** Options of {@link randomErasing}. */
export interface RandomErasingOptions extends PixelOptions {
  /** The probability of an image. Default 1. */
  readonly p?: number;
  /** The area of the rectangle as a share of the image's. Default [0.02, 0.33]. */
  readonly scale?: readonly [number, number];
  /** Height by width of the rectangle. Default [0.3, 3.3]; [1, 1] makes squares, as cutout does. */
  readonly ratio?: readonly [number, number];
  /** The value of erased pixels, or 'random' for a uniform draw for each. Default 0. */
  readonly fillValue?: number | 'random';
}

const aFill = /* @__PURE__ */ checkThat(
  'a finite number or "random"',
  (value) => value === 'random' || Number.isFinite(value),
);

/**
 * Erases a random rectangle of each image (Zhong et al. 2017); with squares, cutout (DeVries and Taylor 2017).
 *
 * area = s · height · width, height / width = exp(r), with s and r uniform; sides are rounded, and cut to the image's
 *
 * @throws OptionError for ranges and probabilities that are not such
 * @example
 * const erased = randomErasing({ scale: [0.25, 0.25], ratio: [1, 1] })(ones([1, 4, 4, 1]), new Generator(1));
 * sum(erased).item(); // => 12
 */
export function randomErasing(options: RandomErasingOptions = {}): Augmentation {
  const op = 'randomErasing';
  checkOptions<RandomErasingOptions>(op, options, {
    p: upToOne,
    scale: anything,
    ratio: anything,
    fillValue: aFill,
    valueRange: aRange,
  });
  const { p = 1, scale = [0.02, 0.33], ratio = [0.3, 3.3], fillValue = 0, valueRange } = options;
  const areas = rangeOf(op, 'scale', scale, { low: 0, high: 1 });
  const ratios = rangeOf(op, 'ratio', ratio, { low: 1e-3, high: 1e3 }).map(Math.log) as [number, number];
  return defineAugmentation({
    type: op,
    args: [options],
    apply(scene) {
      const [chance, ...draws] = scene.draws(5);
      const inside = insideOf(scene, rectangleOf(scene, draws, areas, ratios));
      const { images } = scene.sampled().fields;
      const [low, high] = valueRangeOf(scene, valueRange ? { valueRange } : {});
      const fill =
        fillValue === 'random'
          ? map((u) => e.add(low, e.mul(high - low, u)), [scene.draw(images.shape.slice(1))])
          : fillValue;
      const where = reshape(inside, [...inside.shape, 1]);
      const erased = map(
        (x, isInside, u, value) => e.select(e.and(isInside, e.lt(u, p)), value, x),
        [images, where, reshape(chance!, [scene.batch, 1, 1, 1]), fill],
      );
      return scene.with({ images: erased });
    },
  });
}

function rectangleOf(
  scene: Scene,
  [u, v, down, right]: readonly Tensor[],
  areas: readonly [number, number],
  ratios: readonly [number, number],
): Rectangle {
  const [height, width] = scene.size;
  const [area, log] = [between(u!, areas), between(v!, ratios)];
  const side = (full: number, sign: number): Tensor =>
    map(
      (a, r) => {
        const root = e.sqrt(e.mul(e.mul(height * width, a), e.exp(e.mul(sign, r))));
        return e.min(full, e.floor(e.add(root, 0.5)));
      },
      [area, log],
    );
  const start = (part: Tensor, full: number, draw: Tensor): Tensor =>
    map((n, r) => e.floor(e.mul(e.add(1, e.sub(full, n)), r)), [part, draw]);
  const [h, w] = [side(height, 1), side(width, -1)];
  const [top, left] = [start(h, height, down!), start(w, width, right!)];
  return { top, left, bottom: map(e.add, [top, h]), right: map(e.add, [left, w]) };
}
