export { augmentation } from './augmentation.ts';
export { augmentBatch, type AugmentBatchOptions } from './augmentBatch.ts';
export { compose } from './compose.ts';
export { cutMix } from './cutMix.ts';
export {
  type Augmentation,
  type AugmentationSpec,
  defineAugmentation,
  type AugmentationKind,
} from './defineAugmentation.ts';
export type { Factor } from './factor.ts';
export type { ImageBatch } from './imageBatch.ts';
export { jitter } from './jitter.ts';
export { magnitudeWarp } from './magnitudeWarp.ts';
export { mixUp } from './mixUp.ts';
export type { PixelOptions } from './pixels.ts';
export { preview, type PreviewOptions } from './preview.ts';
export { randAugment, type RandAugmentOptions } from './randAugment.ts';
export { randomAffine, type RandomAffineOptions } from './randomAffine.ts';
export { randomApply } from './randomApply.ts';
export { randomBrightness } from './randomBrightness.ts';
export { randomChannelShift } from './randomChannelShift.ts';
export { randomChoice } from './randomChoice.ts';
export { randomContrast } from './randomContrast.ts';
export { randomCrop, type RandomCropOptions } from './randomCrop.ts';
export { randomElastic } from './randomElastic.ts';
export { randomErasing, type RandomErasingOptions } from './randomErasing.ts';
export { type FlipMode, randomFlip } from './randomFlip.ts';
export { randomGaussianBlur } from './randomGaussianBlur.ts';
export { randomGaussianNoise } from './randomGaussianNoise.ts';
export { randomGrayscale } from './randomGrayscale.ts';
export { randomHue } from './randomHue.ts';
export { randomPerspective } from './randomPerspective.ts';
export { randomResizedCrop, type RandomResizedCropOptions } from './randomResizedCrop.ts';
export { randomRotation } from './randomRotation.ts';
export { randomSaltAndPepper } from './randomSaltAndPepper.ts';
export { randomSaturation } from './randomSaturation.ts';
export { randomShear } from './randomShear.ts';
export { randomTokenDeletion } from './randomTokenDeletion.ts';
export { randomTokenMasking } from './randomTokenMasking.ts';
export { randomTokenSwap } from './randomTokenSwap.ts';
export { randomTranslation } from './randomTranslation.ts';
export { randomZoom, type RandomZoomOptions } from './randomZoom.ts';
export type { SamplingOptions } from './sampling.ts';
export { scaling } from './scaling.ts';
export type { Scene } from './scene.ts';
export { timeWarp } from './timeWarp.ts';
export type { TokenOptions } from './tokens.ts';
export { windowSlice } from './windowSlice.ts';
