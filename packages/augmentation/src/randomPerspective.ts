import { upToOne } from '@chainrule/errors/check';
import { map, scalar as e, type Tensor } from '@chainrule/tensor';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { adjugate, type Entry, type Matrix, minus, plus, product, times } from './matrix.ts';
import { samplingOf, type SamplingOptions } from './sampling.ts';

/**
 * Shows images from random points of view: each corner moves inward by up to the given share of half the image, as in
 * torchvision.
 *
 * @param distortionScale - in [0, 1]; default 0.5
 * @throws OptionError for a scale outside [0, 1]
 * @example
 * randomPerspective(0.3)(zeros([2, 4, 4, 1]), new Generator(1)).shape; // => 2,4,4,1
 */
export function randomPerspective(distortionScale = 0.5, options: SamplingOptions = {}): Augmentation {
  upToOne('randomPerspective', 'distortionScale', distortionScale);
  const sampling = samplingOf('randomPerspective', options);
  return defineAugmentation({
    type: 'randomPerspective',
    args: [distortionScale, options],
    apply(scene) {
      const moves = scene.draws(8);
      if (distortionScale === 0) return scene;
      // An image of one pixel a side still has a side to move.
      const [height, width] = scene.size.map((n) => Math.max(1, n - 1)) as [number, number];
      const corner = (k: number, size: number, isFar: boolean): Tensor =>
        map(
          (u) => {
            const inward = e.mul((distortionScale * size) / 2, u);
            return isFar ? e.sub(size, inward) : e.add(0, inward);
          },
          [moves[k]!],
        );
      const quad = [
        [corner(0, width, false), corner(1, height, false)],
        [corner(2, width, true), corner(3, height, false)],
        [corner(4, width, true), corner(5, height, true)],
        [corner(6, width, false), corner(7, height, true)],
      ] as const;
      return scene.warped(perspectiveMatrix(quad, [width, height]), sampling);
    },
  });
}

type Point = readonly [Entry, Entry];

/**
 * The matrix of a result that shows the corners of the image (left top, right top, right bottom, left bottom) at given places.
 *
 * The inverse of the map from a square to a quadrilateral of Heckbert, "Fundamentals of texture mapping and image warping"
 * (1989).
 */
export function perspectiveMatrix(
  [[x0, y0], [x1, y1], [x2, y2], [x3, y3]]: readonly [Point, Point, Point, Point],
  [width, height]: readonly [number, number],
): Matrix {
  const [dx1, dy1, dx2, dy2] = [minus(x1, x2), minus(y1, y2), minus(x3, x2), minus(y3, y2)];
  const sx = plus(minus(x0, x1), minus(x2, x3));
  const sy = plus(minus(y0, y1), minus(y2, y3));
  const determinant = (a: Entry, b: Entry, c: Entry, d: Entry): Entry => minus(times(a, d), times(b, c));
  const scale = determinant(dx1, dx2, dy1, dy2);
  const [g, h] = [determinant(sx, dx2, sy, dy2), determinant(dx1, sx, dy1, sy)];
  // All elements times `scale`, so that nothing is divided.
  const by = (a: Entry, b: Entry, factor: Entry): Entry => plus(times(minus(a, b), scale), times(factor, a));
  const square: Matrix = [
    by(x1, x0, g),
    by(x3, x0, h),
    times(x0, scale),
    by(y1, y0, g),
    by(y3, y0, h),
    times(y0, scale),
    g,
    h,
    scale,
  ];
  return product([width, 0, 0, 0, height, 0, 0, 0, 1], adjugate(square));
}
