import { aCount, checkOptions, anything } from '@chainrule/errors/check';
import { map, scalar as e, type Tensor } from '@chainrule/tensor';
import { sampleChecks } from '@chainrule/tensor/graph';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { between, rangeOf } from './factor.ts';
import { samplingOf, type SamplingOptions } from './sampling.ts';

/** Options of {@link randomResizedCrop}. `fillMode` is 'nearest' by default. */
export interface RandomResizedCropOptions extends SamplingOptions {
  /** The area of the crop as a share of the image's. Default [0.08, 1]. */
  readonly scale?: readonly [number, number];
  /** Width by height of the crop. Default [3/4, 4/3]. */
  readonly ratio?: readonly [number, number];
}

/**
 * Cuts a part of random size and proportions out of each image, and resizes it, as torchvision does (Szegedy et al. 2015).
 * Nothing is smoothed before images are made smaller.
 *
 * area = s · height · width, width / height = exp(r), with s and r uniform; a side longer than the image's is cut
 *
 * @param height - of the result
 * @param width - of the result
 * @throws OptionError for sizes that are not positive integers and for ranges that are not positive
 * @example
 * randomResizedCrop(8, 8)(zeros([2, 28, 28, 1]), new Generator(1)).shape; // => 2,8,8,1
 */
export function randomResizedCrop(height: number, width: number, options: RandomResizedCropOptions = {}): Augmentation {
  const op = 'randomResizedCrop';
  aCount(op, 'height', height);
  aCount(op, 'width', width);
  checkOptions<RandomResizedCropOptions>(op, options, { scale: anything, ratio: anything, ...sampleChecks });
  const { scale = [0.08, 1], ratio = [3 / 4, 4 / 3], ...sampled } = options;
  const areas = rangeOf(op, 'scale', scale, { low: 1e-6, high: 1 });
  const ratios = rangeOf(op, 'ratio', ratio, { low: 1e-3, high: 1e3 }).map(Math.log) as [number, number];
  const sampling = samplingOf(op, sampled, 'nearest');
  return defineAugmentation({
    type: op,
    args: [height, width, options],
    apply(scene) {
      const [u, v, down, right] = scene.draws(4);
      const [fullHeight, fullWidth] = scene.size;
      const [area, log] = [between(u!, areas), between(v!, ratios)];
      const side = (full: number, sign: number): Tensor =>
        map((a, r) => e.min(full, e.sqrt(e.mul(e.mul(fullHeight * fullWidth, a), e.exp(e.mul(sign, r))))), [area, log]);
      const [h, w] = [side(fullHeight, -1), side(fullWidth, 1)];
      const scaleOf = (part: Tensor, size: number): Tensor => map((n) => e.div(n, size), [part]);
      // The center of pixel i is at (i + ½) of its side, less ½.
      const start = (part: Tensor, draw: Tensor, full: number, size: number): Tensor =>
        map((n, r) => e.sub(e.add(e.mul(e.sub(full, n), r), e.div(n, 2 * size)), 0.5), [part, draw]);
      const x = [scaleOf(w, width), start(w, right!, fullWidth, width)] as const;
      const y = [scaleOf(h, height), start(h, down!, fullHeight, height)] as const;
      return scene.warped([x[0], 0, x[1], 0, y[0], y[1], 0, 0, 1], sampling, [height, width]);
    },
  });
}
