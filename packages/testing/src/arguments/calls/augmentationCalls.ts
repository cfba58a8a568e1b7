// Right calls of the functions of `@chainrule/augmentation`.
import { randomBrightness, randomFlip } from '@chainrule/augmentation';
import { zeros } from '@chainrule/tensor';
import type { Table } from './table.ts';

const sampling = { fillMode: 'reflect', interpolation: 'bilinear', fillValue: 0 };
const range = { valueRange: [0, 1] };

export const augmentationCalls: Table = {
  augmentation: () => [randomFlip(), { name: 'augment' }],
  augmentBatch: () => [randomFlip(), { seed: 1, batchSize: 2, y: 'labels' }],
  compose: () => [randomFlip(), randomBrightness(0.1)],
  cutMix: () => [1],
  jitter: () => [0.1],
  magnitudeWarp: () => [0.1, 4],
  mixUp: () => [0.2],
  preview: () => [zeros([4, 4, 1]), randomFlip(), { count: 3, seed: 1 }],
  randAugment: () => [{ numOps: 2, magnitude: 9, ...range, ...sampling }],
  randomAffine: () => [
    { rotation: 0.1, zoom: 0.1, heightShift: 0.1, widthShift: 0.1, xShear: 0.1, yShear: 0.1, ...sampling },
  ],
  randomApply: () => [randomFlip(), 0.5],
  randomBrightness: () => [0.1, range],
  randomChannelShift: () => [0.1, range],
  randomChoice: () => [
    [randomFlip(), randomBrightness(0.1)],
    [1, 2],
  ],
  randomContrast: () => [0.1, range],
  randomCrop: () => [2, 2, { padding: 1, ...sampling }],
  randomElastic: () => [10, 2, sampling],
  randomErasing: () => [{ p: 1, scale: [0.1, 0.2], ratio: [0.5, 2], fillValue: 0, ...range }],
  randomFlip: () => ['horizontal'],
  randomGaussianBlur: () => [3, [0.1, 2]],
  randomGaussianNoise: () => [0.1, range],
  randomGrayscale: () => [0.5],
  randomHue: () => [0.1, range],
  randomPerspective: () => [0.5, sampling],
  randomResizedCrop: () => [4, 4, { scale: [0.1, 1], ratio: [0.75, 1.25], ...sampling }],
  randomRotation: () => [0.1, sampling],
  randomSaltAndPepper: () => [0.1, range],
  randomSaturation: () => [0.1, range],
  randomShear: () => [0.1, 0.1, sampling],
  randomTokenDeletion: () => [0.1, { padId: 0 }],
  randomTokenMasking: () => [1, 0.1, { padId: 0 }],
  randomTokenSwap: () => [1, { padId: 0 }],
  randomTranslation: () => [0.1, 0.1, sampling],
  randomZoom: () => [0.1, { widthFactor: 0.1, ...sampling }],
  scaling: () => [0.1],
  timeWarp: () => [0.1, 4],
  windowSlice: () => [0.9],
};
