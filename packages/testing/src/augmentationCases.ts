import * as augment from '@chainrule/augmentation';
import type { Augmentation } from '@chainrule/augmentation';

/** An augmentation to try. */
export interface AugmentationCase {
  readonly make: () => Augmentation;
  /** One without an effect; left out where none exists. */
  readonly zero?: () => Augmentation;
  /** True if it mixes pairs of images of a batch. */
  readonly mixes?: boolean;
  /** True if images must have three channels. */
  readonly colored?: boolean;
  /** The smallest side of an image; by default 1. */
  readonly least?: number;
}

const {
  compose,
  randomApply,
  randomBrightness,
  randomChoice,
  randomContrast,
  randomFlip,
  randomGaussianBlur,
  randomRotation,
  randomTranslation,
  randomZoom,
} = augment;

/** A case for each factory of `@chainrule/augmentation`, by its name; `name: what` for a second one. */
export const augmentationCases: Readonly<Record<string, AugmentationCase>> = {
  compose: {
    make: () =>
      compose(
        randomRotation(0.1, { fillMode: 'wrap' }),
        randomTranslation(0.2, 0.1, { fillMode: 'wrap' }),
        randomFlip(),
        randomBrightness(0.2),
        randomZoom(0.2),
      ),
    zero: () => compose(),
  },
  cutMix: { make: () => augment.cutMix(), mixes: true },
  jitter: { make: () => augment.jitter(), zero: () => augment.jitter(0) },
  magnitudeWarp: { make: () => augment.magnitudeWarp(), zero: () => augment.magnitudeWarp(0) },
  mixUp: { make: () => augment.mixUp(), mixes: true },
  randAugment: { make: () => augment.randAugment() },
  'randAugment: strong': { make: () => augment.randAugment({ magnitude: 30, numOps: 4 }) },
  randomAffine: {
    make: () =>
      augment.randomAffine({
        rotation: 0.2,
        zoom: 0.3,
        heightShift: 0.2,
        widthShift: 0.1,
        xShear: 0.2,
        yShear: 0.1,
        fillMode: 'constant',
      }),
    zero: () => augment.randomAffine(),
  },
  randomApply: {
    make: () => randomApply(randomGaussianBlur(), 0.5),
    zero: () => randomApply(randomContrast(0.5), 0),
  },
  'randomApply: geometric': {
    make: () => randomApply(randomRotation(0.3), 0.5),
    zero: () => randomApply(randomRotation(0.3), 0),
  },
  randomBrightness: { make: () => randomBrightness(0.3), zero: () => randomBrightness(0) },
  randomChannelShift: { make: () => augment.randomChannelShift(0.3), zero: () => augment.randomChannelShift(0) },
  randomChoice: {
    make: () => randomChoice([randomBrightness(0.3), randomRotation(0.2), randomContrast(0.5), randomFlip()]),
    zero: () => randomChoice([randomBrightness(0), randomRotation(0)]),
  },
  'randomChoice: weights': { make: () => randomChoice([randomFlip(), randomRotation(0.5)], [3, 1]) },
  randomContrast: { make: () => randomContrast(0.5), zero: () => randomContrast(0) },
  randomCrop: { make: () => augment.randomCrop(2, 3, { padding: 1 }), zero: () => augment.randomCrop(6, 5), least: 3 },
  randomElastic: { make: () => augment.randomElastic(10, 2), zero: () => augment.randomElastic(0) },
  randomErasing: {
    make: () => augment.randomErasing({ fillValue: 'random' }),
    zero: () => augment.randomErasing({ p: 0 }),
  },
  randomFlip: { make: () => randomFlip() },
  randomGaussianBlur: { make: () => randomGaussianBlur(5), zero: () => randomGaussianBlur(3, 0) },
  randomGaussianNoise: { make: () => augment.randomGaussianNoise(), zero: () => augment.randomGaussianNoise(0) },
  randomGrayscale: { make: () => augment.randomGrayscale(), zero: () => augment.randomGrayscale(0), colored: true },
  randomHue: { make: () => augment.randomHue(0.4), zero: () => augment.randomHue(0), colored: true },
  randomPerspective: { make: () => augment.randomPerspective(), zero: () => augment.randomPerspective(0) },
  randomResizedCrop: {
    make: () => augment.randomResizedCrop(3, 4),
    zero: () => augment.randomResizedCrop(6, 5, { scale: [1, 1], ratio: [5 / 6, 5 / 6] }),
  },
  randomRotation: { make: () => randomRotation(0.5), zero: () => randomRotation(0) },
  randomSaltAndPepper: {
    make: () => augment.randomSaltAndPepper(0.3),
    zero: () => augment.randomSaltAndPepper(0),
  },
  randomSaturation: {
    make: () => augment.randomSaturation(0.6),
    zero: () => augment.randomSaturation(0),
    colored: true,
  },
  randomShear: { make: () => augment.randomShear(0.5, 0.2), zero: () => augment.randomShear(0) },
  randomTokenDeletion: { make: () => augment.randomTokenDeletion(0.4), zero: () => augment.randomTokenDeletion(0) },
  randomTokenMasking: { make: () => augment.randomTokenMasking(9, 0.4), zero: () => augment.randomTokenMasking(9, 0) },
  randomTokenSwap: { make: () => augment.randomTokenSwap(2), zero: () => augment.randomTokenSwap(0) },
  randomTranslation: { make: () => randomTranslation(0.4), zero: () => randomTranslation(0) },
  randomZoom: { make: () => randomZoom(0.4, { widthFactor: [0, 0.5] }), zero: () => randomZoom(0) },
  scaling: { make: () => augment.scaling(), zero: () => augment.scaling(0) },
  timeWarp: { make: () => augment.timeWarp(), zero: () => augment.timeWarp(0) },
  windowSlice: { make: () => augment.windowSlice(0.6), zero: () => augment.windowSlice(1) },
};

/** Exports that make no augmentations, or only with a function of the user's. */
export const otherExports: readonly string[] = ['augmentation', 'augmentBatch', 'defineAugmentation', 'preview'];
