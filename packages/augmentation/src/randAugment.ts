import { aCount, checkOptions, numberThat } from '@chainrule/errors/check';
import { map, mean, scalar as e, type Tensor } from '@chainrule/tensor';
import { sampleChecks } from '@chainrule/tensor/graph';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { around, type Matrix } from './matrix.ts';
import { aRange, type PixelOptions, valueRangeOf } from './pixels.ts';
import { chooseOne } from './randomChoice.ts';
import { autoContrast, blendFrom, equalize, posterize, smoothed, solarize } from './randAugmentPixels.ts';
import { grayOf } from './color.ts';
import { samplingOf, type SamplingOptions } from './sampling.ts';
import type { Scene } from './scene.ts';
import { rotationMatrix } from './turn.ts';

/** Options of {@link randAugment}. `fillMode` is 'constant' by default. */
export interface RandAugmentOptions extends SamplingOptions, PixelOptions {
  /** The number of changes for each image. Default 2. */
  readonly numOps?: number;
  /** Their strength, from 0 to 30. Default 9. */
  readonly magnitude?: number;
}

type Change = (scene: Scene) => Scene;

const aMagnitude = /* @__PURE__ */ numberThat('in [0, 30]', (value) => value >= 0 && value <= 30);

/**
 * RandAugment (Cubuk et al. 2020): each image gets `numOps` changes of one strength, chosen at random of 14: nothing, shear and
 * translation along each axis, rotation, brightness, color, contrast, sharpness, posterize, solarize, auto-contrast,
 * equalize. Strengths are torchvision's. Images without three channels have no color to change.
 *
 * At magnitude m, with a random sign: shear by 0.3 m/30, translation by 150/331 m/30 of the side, rotation by m degrees,
 * enhancement by 1 ± 0.9 m/30; 8 − ⌊4 m/30 + ½⌋ bits; pixels from (1 − m/30) of the range on are inverted.
 *
 * @throws OptionError for options outside their ranges
 * @example
 * randAugment({ magnitude: 5 })(zeros([2, 4, 4, 3], 'uint8'), new Generator(1)).shape; // => 2,4,4,3
 */
export function randAugment(options: RandAugmentOptions = {}): Augmentation {
  checkOptions<RandAugmentOptions>('randAugment', options, {
    numOps: aCount,
    magnitude: aMagnitude,
    valueRange: aRange,
    ...sampleChecks,
  });
  const { numOps = 2, magnitude = 9, valueRange, ...sampled } = options;
  const pixelOptions: PixelOptions = valueRange ? { valueRange } : {};
  const sampling = samplingOf('randAugment', sampled, 'constant');
  const strength = magnitude / 30;
  return defineAugmentation({
    type: 'randAugment',
    args: [options],
    apply(scene) {
      const choose = (now: Scene): Scene => {
        const sign = map((u) => e.cast(e.select(e.lt(u, 0.5), -1, 1), now.dtype), [now.draws(1)[0]!]);
        const warps = matrices(now, sign, strength).map(
          (matrix): Change =>
            (at) =>
              at.warped(matrix, sampling),
        );
        const changes = [(at: Scene) => at, ...warps, ...pixelChanges(sign, strength, pixelOptions)];
        return chooseOne(
          now,
          changes,
          changes.map(() => 1 / changes.length),
        );
      };
      return Array.from({ length: numOps }).reduce<Scene>(choose, scene);
    },
  });
}

/** Shears, translations and a rotation, each by its strength times the sign of the image. */
function matrices({ size }: Scene, sign: Tensor, strength: number): Matrix[] {
  const [height, width] = size;
  const by = (amount: number): Tensor => map((s) => e.mul(amount * strength, s), [sign]);
  const center = [(width - 1) / 2, (height - 1) / 2] as const;
  return [
    around([1, by(0.3), 0, 1], center),
    around([1, 0, by(0.3), 1], center),
    [1, 0, by((150 / 331) * width), 0, 1, 0, 0, 0, 1],
    [1, 0, 0, 0, 1, by((150 / 331) * height), 0, 0, 1],
    rotationMatrix(by(30 / 360), size),
  ];
}

/** The changes of pixels' values. */
function pixelChanges(sign: Tensor, strength: number, options: PixelOptions): Change[] {
  type OfPixels = (images: Tensor, range: readonly [number, number]) => Tensor;
  const change =
    (of: OfPixels): Change =>
    (scene) =>
      scene.with({ images: of(scene.sampled().fields.images, valueRangeOf(scene, options)) });
  const enhance = (base: (images: Tensor, low: number) => Tensor | number): Change =>
    change((images, range) => blendFrom(images, base(images, range[0]), sign, 0.9 * strength, range));
  const averageGray = (images: Tensor): Tensor =>
    mean(images.shape[3] === 3 ? grayOf(images) : images, [1, 2, 3], { keepDims: true });
  return [
    enhance((_, low) => low),
    enhance((images) => (images.shape[3] === 3 ? grayOf(images) : images)),
    enhance(averageGray),
    enhance(smoothed),
    change((images, range) => posterize(images, range, 8 - Math.floor(4 * strength + 0.5))),
    change((images, range) => solarize(images, range, 1 - strength)),
    change(autoContrast),
    change(equalize),
  ];
}
