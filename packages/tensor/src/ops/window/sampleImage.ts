import { DTypeError, ShapeError, showShape } from '@chainrule/errors';
import { aFiniteNumber, type Checks, oneOf } from '@chainrule/errors/check';
import { aTensor } from '../../array/checks.ts';
import { checkFloat, checkSameDType } from '../../array/checkDType.ts';
import { allocate } from '../../array/dtype.ts';
import { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import type { Expr } from '../../expr/expr.ts';
import { concatNode } from '../../nodes/concat.ts';
import { gatherNode } from '../../nodes/gather.ts';
import { map } from '../../nodes/map.ts';
import { reshapeNode, sliceNode } from '../../nodes/view.ts';
import type { FillMode, Interpolation } from '../../types/window.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { SampleImage } from '../signatures/index.ts';

/** Options of {@link sampleImage}. */
export interface SampleImageOptions {
  /** 'bilinear' (default) or 'nearest'. */
  readonly interpolation?: Interpolation;
  /**
   * Beyond the borders: 'constant' (default) reads `fillValue`; 'nearest' repeats the border; 'reflect' mirrors the image
   * and repeats its border (d c b a | a b c d | d c b a); 'wrap' starts again at the other side.
   */
  readonly fillMode?: FillMode;
  /** Default 0. */
  readonly fillValue?: number;
}

/** Checks of {@link SampleImageOptions}. */
export const sampleChecks: Checks<SampleImageOptions> = {
  interpolation: /* @__PURE__ */ oneOf('nearest', 'bilinear'),
  fillMode: /* @__PURE__ */ oneOf('constant', 'nearest', 'reflect', 'wrap'),
  fillValue: aFiniteNumber,
};

/**
 * Reads images at fractional coordinates.
 *
 * y = (1 − s)(1 − t) x[i, j] + (1 − s) t x[i, j + 1] + s (1 − t) x[i + 1, j] + s t x[i + 1, j + 1] at the coordinates
 * (i + s, j + t) with i, j integers and s, t in [0, 1); or the pixel at (⌊i + s + ½⌋, ⌊j + t + ½⌋) for 'nearest'. Equals
 * `scipy.ndimage.map_coordinates` of order 1 and 0, with SciPy's modes 'grid-constant', 'nearest', 'reflect' and
 * 'grid-wrap', and `map_coordinates` of Keras. Has gradients by the images and, for 'bilinear', by the coordinates. A NaN
 * in the coordinates gives NaN for 'bilinear', and some pixel for 'nearest'.
 *
 * @param images - `[batch, height, width, channels]`; float32 or float64, and for 'nearest' any dtype
 * @param coordinates - `[batch, ...points, 2]`: row and column, in pixels; the first pixel's center is at (0, 0). float32
 *   or float64
 * @returns `[batch, ...points, channels]`
 * @throws ShapeError if `images` is not a batch of images with pixels, or `coordinates` does not fit it; DTypeError for
 *   integers that are to be interpolated
 * @example
 * const image = tensor([0, 1, 2, 3], [1, 2, 2, 1]);
 * const points = tensor([0.5, 0.5, 0, 1, 9, 9], [1, 3, 2]);
 * sampleImage(image, points).toArray(); // => [[[1.5],[1],[0]]]
 * sampleImage(image, points, { fillMode: 'nearest' }).toArray(); // => [[[1.5],[1],[3]]]
 */
export const sampleImage: Op<SampleImage> = /* @__PURE__ */ defineOp({
  name: 'sampleImage',
  params: { images: aTensor, coordinates: aTensor },
  options: sampleChecks,
  lower: (images: Tensor, coordinates: Tensor, options: SampleImageOptions = {}) => {
    const { interpolation = 'bilinear', fillMode = 'constant', fillValue = 0 } = options;
    checkSample(images, coordinates, interpolation);
    const [y, x] = [0, 1].map((k) => coordinate(coordinates, k));
    const at = pixelsOf(images, y!, x!, fillMode);
    return interpolation === 'nearest' ? nearest(at, fillValue) : bilinear(at, fillValue);
  },
  domain: {
    // Between pixels: the gradient by the coordinates has kinks at them.
    sample: (s) => {
      const places = s.integers([2, 3, 2, 2], -3, 4).data;
      const parts = s.uniform([2, 3, 2, 2], 0.1, 0.9).data;
      return [
        s.uniform([2, 3, 2, 2]),
        new Tensor(
          [2, 3, 2, 2],
          'float64',
          Float64Array.from(places, (v, i) => v + parts[i]!),
        ),
        { fillMode: s.pick(['constant', 'nearest', 'reflect', 'wrap'] as const), fillValue: s.pick([0, 0.5]) },
      ];
    },
  },
});

function checkSample(images: Tensor, coordinates: Tensor, interpolation: Interpolation): void {
  const { shape } = images;
  if (shape.length !== 4 || shape[1] === 0 || shape[2] === 0)
    throw new ShapeError(
      `sampleImage: \`images\` expects [batch,height,width,channels] with pixels, got ${showShape(shape)}`,
    );
  if (coordinates.rank < 2 || coordinates.shape.at(-1) !== 2 || coordinates.shape[0] !== shape[0])
    throw new ShapeError(
      `sampleImage: \`coordinates\` expects [${shape[0]},...points,2] for ${shape[0]} images, got ${showShape(coordinates.shape)}`,
    );
  checkFloat('sampleImage', coordinates.dtype);
  if (interpolation === 'nearest') return;
  if (images.dtype !== 'float32' && images.dtype !== 'float64')
    throw new DTypeError(
      `sampleImage: \`images\` must be float32 or float64 to be interpolated, got ${images.dtype}; convert them with \`cast\`, or pass \`interpolation: 'nearest'\``,
    );
  checkSameDType('sampleImage', images.dtype, coordinates.dtype);
}

/** One coordinate of each point, `[batch, ...points]`. */
function coordinate(coordinates: Tensor, k: number): Tensor {
  const points = coordinates.shape.slice(0, -1);
  const begin = [...points.map(() => 0), k];
  return reshapeNode(sliceNode(coordinates, begin, [...points, 1]), points);
}

/** The coordinates, and the images as a list of pixels. */
interface Pixels {
  readonly y: Tensor;
  readonly x: Tensor;
  /** `[pixels, channels]`. */
  readonly table: Tensor;
  /** The place of each image's first pixel, int32. */
  readonly starts: Tensor;
  readonly height: number;
  readonly width: number;
  readonly fillMode: FillMode;
}

function pixelsOf(images: Tensor, y: Tensor, x: Tensor, fillMode: FillMode): Pixels {
  const [batch, height, width, channels] = images.shape as readonly [number, number, number, number];
  const table = reshapeNode(images, [batch * height * width, channels]);
  const starts = new Tensor(
    [batch, ...y.shape.slice(1).map(() => 1)],
    'int32',
    Int32Array.from({ length: batch }, (_, i) => i * height * width),
  );
  return { y, x, table, starts, height, width, fillMode };
}

/**
 * Brings a coordinate near the n pixels of its axis. For 'constant' and 'nearest' it clips; an infinite coordinate is then
 * far outside. For 'reflect' and 'wrap' it subtracts periods; an infinite coordinate becomes NaN.
 */
function bounded(v: e.Scalar, n: number, fillMode: FillMode): e.Scalar {
  if (fillMode === 'constant' || fillMode === 'nearest') return e.max(-1, e.min(v, n));
  const period = fillMode === 'wrap' ? n : 2 * n;
  return e.sub(v, e.mul(period, e.floor(e.div(v, period))));
}

/** The pixel in `[0, n)` that stands at the position k of a bounded coordinate, or is nearest to it; int32. */
function folded(k: e.Scalar, n: number, fillMode: FillMode): e.Scalar {
  const unfolded =
    fillMode === 'wrap'
      ? e.select(e.lt(k, n), k, e.sub(k, n))
      : fillMode === 'reflect'
        ? e.select(e.lt(k, n), k, e.sub(2 * n - 1, k))
        : k;
  return e.max(0, e.min(unfolded, n - 1));
}

function isInside({ height, width }: Pixels, row: e.Scalar, column: e.Scalar): e.Scalar {
  const within = (v: e.Scalar, n: number): e.Scalar => e.and(e.le(0, v), e.le(v, n - 1));
  return e.and(within(row, height), within(column, width));
}

/** The pixels that are `[rows, columns]` from the one at or before each coordinate, as indices into the table. */
function indicesOf(pixels: Pixels, offset: readonly [number, number], center: number, beyond?: number): Tensor {
  const { y, x, starts, height, width, fillMode } = pixels;
  const position = (v: e.Scalar, n: number, k: number): e.Scalar =>
    e.add(e.cast(e.floor(e.add(bounded(v, n, fillMode), center)), 'int32'), k);
  return map(
    (v, u, start) => {
      const [row, column] = [position(v, height, offset[0]), position(u, width, offset[1])];
      const [i, j] = [folded(row, height, fillMode), folded(column, width, fillMode)];
      const index = e.add(start, e.add(e.mul(i, width), j));
      return beyond === undefined ? index : e.select(isInside(pixels, row, column), index, beyond);
    },
    [y, x, starts],
  );
}

function nearest(pixels: Pixels, fillValue: number): Tensor {
  const { table, fillMode } = pixels;
  const [count, channels] = table.shape;
  if (fillMode !== 'constant') return gatherNode(table, indicesOf(pixels, [0, 0], 0.5), 0);
  const fill = new Tensor([1, channels], table.dtype, allocate(table.dtype, channels).fill(fillValue));
  return gatherNode(concatNode([table, fill], 0), indicesOf(pixels, [0, 0], 0.5, count), 0);
}

/** from + (to − from) · part. At part = 0, an infinity or a NaN on the other side does not count. */
function between(from: e.Scalar, to: e.Scalar, part: e.Scalar): Expr {
  const difference = e.sub(to, from);
  const isIdle = e.and(e.eq(part, 0), e.not(e.lt(e.abs(difference), Infinity)));
  return e.add(from, e.select(isIdle, 0, e.mul(difference, part)));
}

const corners = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

function bilinear(pixels: Pixels, fillValue: number): Tensor {
  const { y, x, table, height, width, fillMode } = pixels;
  return map(
    (a, b, c, d, row, column) => {
      const [v, u] = [bounded(row, height, fillMode), bounded(column, width, fillMode)];
      const [i, j] = [e.floor(v), e.floor(u)];
      const filled = (value: e.Scalar, k: number): e.Scalar =>
        fillMode === 'constant'
          ? e.select(isInside(pixels, e.add(i, corners[k]![0]), e.add(j, corners[k]![1])), value, fillValue)
          : value;
      const [s, t] = [e.sub(v, i), e.sub(u, j)];
      return between(between(filled(a, 0), filled(b, 1), t), between(filled(c, 2), filled(d, 3), t), s);
    },
    [...corners.map((corner) => gatherNode(table, indicesOf(pixels, corner, 0), 0)), perChannel(y), perChannel(x)],
  );
}

/** `[batch, ...points]` with an axis for the channels. */
function perChannel(x: Tensor): Tensor {
  return reshapeNode(x, [...x.shape, 1]);
}
