import {
  abs, type Augmentation, cast, cutMix, digits, Generator, jitter, magnitudeWarp, mean, mixUp, ops, randAugment, randomBrightness,
  randomChannelShift, randomContrast, randomCrop, randomElastic, randomErasing, randomFlip, randomGaussianBlur, randomGaussianNoise,
  randomGrayscale, randomHue, randomPerspective, randomResizedCrop, randomRotation, randomSaltAndPepper, randomSaturation,
  randomShear, randomTranslation, randomZoom, scaling, sub, type Tensor, tensor, timeWarp, windowSlice,
} from 'chainrule';

export interface Settings {
  seed: number;
  group: keyof typeof groups;
  picture: 'scene' | 'digit';
  strength: number;
}

/** Your own picture: `size` × `size` pixels of red, green and blue, from 0 to 255. */
export type Picture = { size: number; pixels: number[] };

/** The changes of each group at a strength s from 0 to 1, for pictures with a side of `size` pixels. */
const groups = {
  place: (s: number, size: number) => ({
    randomRotation: randomRotation(0.5 * s), randomTranslation: randomTranslation(0.4 * s), randomZoom: randomZoom(0.6 * s),
    randomShear: randomShear(s), randomPerspective: randomPerspective(s), randomElastic: randomElastic(150 * s, 4),
    randomFlip: randomFlip('horizontal'), randomCrop: randomCrop(size, size, { padding: Math.round(0.4 * s * size) }),
    randomResizedCrop: randomResizedCrop(size, size, { scale: [1 - 0.9 * s, 1] }),
  }),
  color: (s: number) => ({
    randomBrightness: randomBrightness(0.8 * s), randomContrast: randomContrast(s), randomSaturation: randomSaturation(s),
    randomHue: randomHue(0.5 * s), randomChannelShift: randomChannelShift(0.6 * s), randomGrayscale: randomGrayscale(s),
  }),
  detail: (s: number) => ({
    randomGaussianBlur: randomGaussianBlur(9, [0, 0.01 + 4 * s]), randomGaussianNoise: randomGaussianNoise(0.4 * s),
    randomSaltAndPepper: randomSaltAndPepper(0.4 * s), randomErasing: randomErasing({ scale: [0.01, 0.01 + 0.5 * s] }),
  }),
  mixed: (s: number) => ({
    mixUp: mixUp(0.01 + 2 * s), cutMix: cutMix(0.01 + 2 * s), randAugment: randAugment({ numOps: 2, magnitude: s }),
  }),
  series: (s: number) => ({
    jitter: jitter(0.4 * s), scaling: scaling(0.6 * s), magnitudeWarp: magnitudeWarp(0.6 * s), timeWarp: timeWarp(0.6 * s),
    windowSlice: windowSlice(1 - 0.8 * s),
  }),
};

export function start({ seed, group, picture, strength }: Settings, own?: Picture) {
  const data = group === 'series' ? waves() : own ? toTensor(own) : picture === 'digit' ? digit(seed) : scene();
  const changes: [string, Augmentation][] = Object.entries(groups[group](strength, data.shape[1]));

  /** New variants: step n, change i has its own random numbers. The same seed gives the same variants again. */
  const variants = (n: number) =>
    changes.map(([name, change], i) => ({ name, values: change(data, new Generator(1000 * (n + 1) + i + 1e6 * seed)) }));
  const step = (n: number) => {
    const range = group === 'series' ? 2 : 255;
    const differences = variants(n).map(({ values }) => mean(abs(sub(cast(values, 'float32'), cast(data, 'float32')))).item());
    return { change: differences.reduce((a, b) => a + b) / differences.length / range };
  };
  return { state: {}, step, variants, data };
}

/** A sheet of six copies. Changes that mix need other pictures, so every second one is mirrored. */
const copies = (image: Tensor) => ops.concat(Array.from({ length: 6 }, (_, i) => (i % 2 ? ops.flip(image, 2) : image)), 0);
const digit = (seed: number): Tensor => ops.repeat(digits({ count: 6, seed }).images, 3, 3);
const toTensor = ({ size, pixels }: Picture): Tensor => copies(tensor(pixels, [1, size, size, 3], 'uint8'));

/** A house under the sun, 64 × 64 pixels. */
function scene(): Tensor {
  const pixel = (x: number, y: number) => {
    if ((x - 50) ** 2 + (y - 13) ** 2 < 64) return [250, 210, 60];
    if (y > 25 && y < 52 && x > 12 && x < 40) return x > 18 && x < 26 && y > 34 ? [90, 60, 40] : [200, 80, 60];
    if (y <= 25 && y > 10 && Math.abs(x - 26) < y - 8) return [110, 50, 50];
    return y > 48 ? [80, 160, 80] : [150, 200, 240];
  };
  return toTensor({ size: 64, pixels: Array.from({ length: 64 * 64 }, (_, i) => pixel(i % 64, Math.floor(i / 64))).flat() });
}
const waves = (): Tensor =>
  ops.repeat(tensor(Array.from({ length: 100 }, (_, t) => Math.sin(t / 8) * (0.4 + t / 160)), [1, 100, 1]), 3, 0);
