import { type Check, numberThat, positive } from '@chainrule/errors/check';
import { Tensor } from '../../array/tensor.ts';

/** A kernel that `filterImage` applies to each channel: `[height, width, 1, 1]`. */
export type ImageKernel<N extends number = 3> = Tensor<[N, N, 1, 1], 'float32'>;

/** Larger kernels do not fit into memory. */
const aSide = /* @__PURE__ */ numberThat(
  'an integer from 1 to 4096',
  (value) => Number.isInteger(value) && value >= 1 && value <= 4096,
);

const aSigma: Check = (op, name, value) => {
  if (value !== 'binomial') positive(op, name, value);
};

function kernel<N extends number>(size: N, values: readonly number[]): ImageKernel<N> {
  return new Tensor([size, size, 1, 1], 'float32', Float32Array.from(values));
}

/**
 * The kernel that leaves images unchanged.
 *
 * @example
 * identityKernel().data.join(); // => 0,0,0,0,1,0,0,0,0
 */
export function identityKernel(): ImageKernel {
  return kernel(3, [0, 0, 0, 0, 1, 0, 0, 0, 0]);
}

/**
 * The kernel of a box blur, the mean over a square.
 *
 * 1 / size² everywhere
 *
 * @param size - the side in pixels, by default 3
 * @throws OptionError if the size is not an integer from 1 to 4096
 * @example
 * boxBlurKernel(2).data.join(); // => 0.25,0.25,0.25,0.25
 */
export function boxBlurKernel<const N extends number = 3>(size?: N): ImageKernel<N> {
  const side = (size ?? 3) as N;
  aSide('boxBlurKernel', 'size', side);
  return kernel(side, new Array<number>(side * side).fill(1 / (side * side)));
}

/**
 * The kernel of a Gaussian blur.
 *
 * exp(−(u² + v²) / 2σ²), divided by their sum. With 'binomial', rows and columns are binomial coefficients in place of the
 * exponential, the usual approximation with integers: 1/16 · [1 2 1; 2 4 2; 1 2 1] for 3 pixels, with the variance
 * (size − 1) / 4.
 *
 * @param size - the side in pixels, by default 3
 * @param sigma - the standard deviation in pixels, by default 1, or 'binomial'
 * @throws OptionError if the size is not an integer from 1 to 4096, or sigma is not positive
 * @example
 * gaussianBlurKernel(3, 1).data[4]; // => 0.2041…
 * gaussianBlurKernel(3, 'binomial').data.map((v) => 16 * v).join(); // => 1,2,1,2,4,2,1,2,1
 */
export function gaussianBlurKernel<const N extends number = 3>(
  size?: N,
  sigma: number | 'binomial' = 1,
): ImageKernel<N> {
  const side = (size ?? 3) as N;
  aSide('gaussianBlurKernel', 'size', side);
  aSigma('gaussianBlurKernel', 'sigma', sigma);
  const row = sigma === 'binomial' ? binomial(side) : bell(side, sigma);
  const total = row.reduce((a, b) => a + b, 0);
  return kernel(
    side,
    row.flatMap((u) => row.map((v) => (u * v) / total ** 2)),
  );
}

/** exp(−u² / 2σ²) at the distances u from the middle. */
function bell(side: number, sigma: number): number[] {
  const middle = (side - 1) / 2;
  return Array.from({ length: side }, (_, i) => Math.exp(-((i - middle) ** 2) / (2 * sigma ** 2)));
}

/** The binomial coefficients of side − 1, divided by 2^(side − 1) step by step so that none overflows. */
function binomial(side: number): number[] {
  let row = [1];
  while (row.length < side)
    row = Array.from({ length: row.length + 1 }, (_, i) => ((row[i - 1] ?? 0) + (row[i] ?? 0)) / 2);
  return row;
}

/**
 * The kernel that sharpens: adds to each pixel its difference from the four neighbors.
 *
 * @example
 * sharpenKernel().data.join(); // => 0,-1,0,-1,5,-1,0,-1,0
 */
export function sharpenKernel(): ImageKernel {
  return kernel(3, [0, -1, 0, -1, 5, -1, 0, -1, 0]);
}

/**
 * The kernel that detects edges in all directions: the difference from the eight neighbors.
 *
 * @example
 * edgeKernel().data.join(); // => -1,-1,-1,-1,8,-1,-1,-1,-1
 */
export function edgeKernel(): ImageKernel {
  return kernel(3, [-1, -1, -1, -1, 8, -1, -1, -1, -1]);
}

/**
 * Sobel's kernels: horizontal and vertical slopes, each smoothed across.
 *
 * Gx = [−1 0 1; −2 0 2; −1 0 1], Gy = [−1 −2 −1; 0 0 0; 1 2 1]. `filterImage` correlates, so Gy points down, along the rows'
 * numbers, as in OpenCV and scikit-image. Some textbooks use −Gy, with the y axis up; the size √(gx² + gy²) is the same.
 *
 * @returns `x`, positive if the image becomes lighter to the right; `y`, positive if it becomes lighter downward
 * @example
 * sobelKernels().x.data.join(); // => -1,0,1,-2,0,2,-1,0,1
 */
export function sobelKernels(): { x: ImageKernel; y: ImageKernel } {
  return { x: kernel(3, [-1, 0, 1, -2, 0, 2, -1, 0, 1]), y: kernel(3, [-1, -2, -1, 0, 0, 0, 1, 2, 1]) };
}
