import { checkThat } from '@chainrule/errors/check';
import { map, pad, reshape, scalar as e, slice, type Tensor } from '@chainrule/tensor';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { between, type Factor, rangeOf } from './factor.ts';

const anOddCount = /* @__PURE__ */ checkThat(
  'an odd positive integer',
  (value) => Number.isInteger(value) && Number(value) > 0 && Number(value) % 2 === 1,
);

/**
 * Blurs each image with a Gaussian of random width.
 *
 * Weights exp(−d² / 2σ²) at the distance d, which add up to 1, along rows and then along columns; σ uniform in the range.
 * Borders are mirrored, as in torchvision; in an image that is smaller than half the kernel they are repeated.
 *
 * @param kernelSize - pixels of the kernel along each side, odd; default 3
 * @param sigma - in pixels: `[least, most]`, or one number for a fixed σ; default [0.1, 2]
 * @throws OptionError for an even size or a negative σ
 * @example
 * randomGaussianBlur(3, 0.5)(tensor([0, 1, 0], [1, 1, 3, 1]), new Generator(1)).toArray()[0].flat(2).map((x) => x.toFixed(3)); // => ['0.213','0.787','0.213']
 */
export function randomGaussianBlur(kernelSize = 3, sigma: Factor = [0.1, 2]): Augmentation {
  anOddCount('randomGaussianBlur', 'kernelSize', kernelSize);
  const fixed = typeof sigma === 'number' ? ([sigma, sigma] as const) : sigma;
  const range = rangeOf('randomGaussianBlur', 'sigma', fixed, { low: 0 });
  return defineAugmentation({
    type: 'randomGaussianBlur',
    args: [kernelSize, sigma],
    apply(scene) {
      const weights = gaussianWeights(kernelSize, between(scene.draws(1, 4)[0]!, range));
      return scene.with({
        images: [1, 2].reduce((x, axis) => filtered(x, axis, weights), scene.sampled().fields.images),
      });
    },
  });
}

/** The weight of each tap for each image, `[batch, 1, 1, 1]`; without a width all weight is in the middle. */
function gaussianWeights(size: number, sigma: Tensor): Tensor[] {
  const half = (size - 1) / 2;
  const weightAt = (d: number, s: e.Scalar): e.Scalar =>
    d === 0 ? 1 : e.exp(e.div(-(d ** 2) / 2, e.max(1e-6, e.mul(s, s))));
  const total = (s: e.Scalar): e.Scalar =>
    Array.from({ length: half }, (_, i) => i + 1).reduce<e.Scalar>((sum, d) => e.add(sum, e.mul(2, weightAt(d, s))), 1);
  return Array.from({ length: size }, (_, i) => map((s) => e.add(0, e.div(weightAt(i - half, s), total(s))), [sigma]));
}

/** The weighted sum of an image and its neighbors along an axis. */
function filtered(images: Tensor, axis: number, weights: readonly Tensor[]): Tensor {
  const half = (weights.length - 1) / 2;
  if (half === 0 || images.size === 0) return images;
  const paddings = images.shape.map((_, i) => (i === axis ? ([half, half] as const) : ([0, 0] as const)));
  const padded = pad(images, paddings, { mode: images.shape[axis]! > half ? 'reflect' : 'edge' });
  const taps = weights.map((_, k) =>
    reshape(
      slice(
        padded,
        images.shape.map((__, i) => (i === axis ? k : 0)),
        images.shape,
      ),
      images.shape,
    ),
  );
  return map(
    (...parts) => {
      const products = taps.map((_, k) => e.mul(parts[k]!, parts[taps.length + k]!));
      return products.reduce((a, b) => e.add(a, b));
    },
    [...taps, ...weights],
  );
}
