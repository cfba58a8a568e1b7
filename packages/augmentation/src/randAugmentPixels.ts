import {
  cast,
  cumsum,
  filterImage,
  gather,
  map,
  max,
  min,
  onesLike,
  reshape,
  scalar as e,
  scatterAdd,
  sum,
  Tensor,
  zeros,
} from '@chainrule/tensor';
import { gridAxis } from './grid.ts';

type Range = readonly [number, number];

/** Returns x ± amount · (x − base), clipped. */
export function blendFrom(
  images: Tensor,
  base: Tensor | number,
  sign: Tensor,
  amount: number,
  [low, high]: Range,
): Tensor {
  return map(
    (x, from, s) => e.max(low, e.min(high, e.add(x, e.mul(e.mul(amount, s), e.sub(x, from))))),
    [images, base, reshape(sign, [sign.size, 1, 1, 1])],
  );
}

/** Smooths inner pixels: the mean of a 3×3 neighborhood, in which the middle counts 5 times. Border pixels stay. */
export function smoothed(images: Tensor): Tensor {
  const [, height, width] = images.shape;
  if (images.size === 0 || height < 3 || width < 3) return images;
  const dtype = images.dtype as 'float32';
  const kernel = new Tensor(
    [3, 3, 1, 1],
    dtype,
    new (dtype === 'float32' ? Float32Array : Float64Array)(9).fill(1 / 13),
  );
  const sums = filterImage(images, kernel);
  const isInner = (v: e.Scalar, n: number): e.Scalar => e.and(e.lt(0, v), e.lt(v, n - 1));
  return map(
    (x, around, row, column) =>
      e.select(e.and(isInner(row, height), isInner(column, width)), e.add(around, e.mul(4 / 13, x)), x),
    [images, sums, reshape(gridAxis(height, 0, dtype), [height, 1, 1]), reshape(gridAxis(width, 1, dtype), [width, 1])],
  );
}

/** Keeps the upper bits of values as bytes. */
export function posterize(images: Tensor, [low, high]: Range, bits: number): Tensor {
  if (bits >= 8) return images;
  const [unit, step] = [(high - low) / 255, 2 ** (8 - bits)];
  return map(
    (x) => {
      const byte = e.floor(e.add(e.div(e.sub(x, low), unit), 0.5));
      return e.add(low, e.mul(unit, e.mul(step, e.floor(e.div(byte, step)))));
    },
    [images],
  );
}

/** Inverts values from a share of the range on. */
export function solarize(images: Tensor, [low, high]: Range, share: number): Tensor {
  const threshold = low + (high - low) * share;
  return map((x) => e.select(e.le(threshold, x), e.sub(low + high, x), x), [images]);
}

/** Stretches each channel over the whole range; a channel of one value stays. */
export function autoContrast(images: Tensor, [low, high]: Range): Tensor {
  if (images.size === 0) return images;
  const [least, most] = [min, max].map((pick) => pick(images, [1, 2], { keepDims: true }));
  return map(
    (x, a, b) =>
      e.select(e.eq(a, b), x, e.add(low, e.mul(high - low, e.div(e.sub(x, a), e.select(e.eq(a, b), 1, e.sub(b, a)))))),
    [images, least!, most!],
  );
}

/**
 * Makes the 256 values of each channel about equally frequent: a value becomes the number of smaller ones in steps of which
 * 255 hold all but the greatest. As Pillow rounds it: ⌊(smaller + ⌊step / 2⌋) / step⌋. A channel with steps of 0 stays.
 */
export function equalize(images: Tensor, [low, high]: Range): Tensor {
  const [batch, height, width, channels] = images.shape;
  if (images.size === 0) return images;
  const unit = (high - low) / 255;
  const bytes = map((x) => e.floor(e.add(e.div(e.sub(x, low), unit), 0.5)), [images]);
  const starts = Int32Array.from({ length: batch * channels }, (_, i) => 256 * i);
  const bins = map(
    (v, start) => e.add(start, e.max(0, e.min(255, e.cast(v, 'int32')))),
    [bytes, new Tensor([batch, 1, 1, channels], 'int32', starts)],
  );
  const flat = reshape(bins, [images.size]);
  const empty = zeros([256 * batch * channels], images.dtype as 'float32');
  const counts = scatterAdd(empty, flat, reshape(onesLike(images), [images.size]));
  const table = cumsum(reshape(counts, [batch * channels, 256]), 1);
  const at = (values: Tensor): Tensor => reshape(gather(reshape(values, [empty.size]), flat), images.shape);
  const greatest = max(bytes, [1, 2], { keepDims: true });
  const isGreatest = cast(
    map((v, m) => e.eq(v, m), [bytes, greatest]),
    images.dtype,
  );
  const others = map((n) => e.sub(height * width, n), [sum(isGreatest, [1, 2], { keepDims: true })]);
  return map(
    (x, total, own, rest) => {
      const step = e.floor(e.div(rest, 255));
      const level = e.floor(e.div(e.add(e.sub(total, own), e.floor(e.div(step, 2))), e.max(1, step)));
      return e.select(e.eq(step, 0), x, e.add(low, e.mul(unit, e.max(0, e.min(255, level)))));
    },
    [images, at(table), at(counts), others],
  );
}
