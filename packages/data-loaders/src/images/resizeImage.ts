import { Tensor } from '@chainrule/tensor';

/** The source pixels of a target pixel, and their weights, whose sum is 1. */
interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

/**
 * Resizes an image by linear interpolation along both axes, rounded to integers.
 *
 * The target pixel i of m has its center at c = (i + ½)·n/m among n source pixels. The weight of source pixel j is
 * max(0, 1 − |j + ½ − c| / s), divided by the sum of the weights. With antialiasing, s = max(1, n/m), so that every source
 * pixel counts when an image shrinks, as in Pillow and PyTorch. Without, s = 1, as in Keras and `resizeBilinear`.
 *
 * @param image - `[height, width, channels]`
 * @param size - the new `[height, width]`
 */
export function resizeImage(
  image: Tensor<[number, number, number], 'uint8'>,
  [height, width]: readonly [number, number],
  antialias: boolean,
): Tensor<[number, number, number], 'uint8'> {
  const [rows, columns, channels] = image.shape;
  if (rows === height && columns === width) return image;
  const wide = new Float32Array(rows * width * channels);
  resample(image['~values'], wide, rows, tapsOf(columns, width, antialias), columns * channels, channels);
  const pixels = new Uint8Array(height * width * channels);
  const row = width * channels;
  resample(wide, pixels, 1, tapsOf(rows, height, antialias), rows * row, row);
  return new Tensor([height, width, channels], 'uint8', pixels);
}

function tapsOf(from: number, to: number, antialias: boolean): Taps[] {
  const scale = antialias ? Math.max(1, from / to) : 1;
  return Array.from({ length: to }, (_, i) => {
    const center = ((i + 0.5) * from) / to;
    const first = Math.max(0, Math.floor(center - scale + 0.5));
    const last = Math.min(from, Math.floor(center + scale + 0.5));
    const weights = Array.from({ length: last - first }, (_, j) =>
      Math.max(0, 1 - Math.abs(first + j + 0.5 - center) / scale),
    );
    const sum = weights.reduce((a, b) => a + b, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}

/** Resamples the middle axis of `[outer, from, inner]` to `[outer, to, inner]`. */
function resample(
  from: ArrayLike<number>,
  to: Float32Array | Uint8Array,
  outer: number,
  taps: readonly Taps[],
  block: number,
  inner: number,
): void {
  const isRounded = to instanceof Uint8Array;
  let at = 0;
  for (let o = 0; o < outer; o++)
    for (const { first, weights } of taps)
      for (let k = 0; k < inner; k++) {
        let sum = 0;
        for (let j = 0; j < weights.length; j++) sum += weights[j]! * from[o * block + (first + j) * inner + k]!;
        to[at++] = isRounded ? Math.round(sum) : sum;
      }
}
