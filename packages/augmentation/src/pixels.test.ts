import { full, Generator, ones, tensor, type Tensor, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import {
  cutMix,
  mixUp,
  randomApply,
  randomBrightness,
  randomChannelShift,
  randomChoice,
  randomElastic,
  randomErasing,
  randomGaussianNoise,
  randomHue,
  randomSaltAndPepper,
} from './index.ts';

const rng = (seed = 1): Generator => new Generator(seed);
const meanOf = (x: Tensor): number => [...x.data].reduce((a, b) => a + b, 0) / x.size;

describe('values', () => {
  test('stay in their range, which an option sets', () => {
    expect([...randomBrightness([0.5, 0.5])(full([1, 1, 1, 1], 0.8), rng()).data]).toEqual([1]);
    const wide = randomBrightness([0.25, 0.25], { valueRange: [-1, 1] });
    expect([...wide(full([1, 1, 1, 1], -0.5), rng()).data]).toEqual([0]);
  });

  test('spread over the factor’s range', () => {
    const shifted = randomBrightness(0.2)(full([2000, 1, 1, 1], 0.5), rng()).data;
    expect([Math.min(...shifted) < 0.31, Math.max(...shifted) > 0.69]).toEqual([true, true]);
    expect([Math.min(...shifted) >= 0.3 - 1e-6, Math.max(...shifted) <= 0.7 + 1e-6]).toEqual([true, true]);
  });

  test('differ by channel for channel shifts only', () => {
    const x = full([1, 1, 2, 3], 0.5) as Tensor;
    const y = randomChannelShift(0.4)(x, rng()).data;
    expect([y[0] === y[3], y[0] === y[1]]).toEqual([true, false]);
  });

  test('get noise of the given deviation', () => {
    const y = randomGaussianNoise(0.05)(full([1, 100, 100, 1], 0.5), rng());
    const variance = [...y.data].reduce((sum, v) => sum + (v - 0.5) ** 2, 0) / y.size;
    expect(Math.abs(Math.sqrt(variance) - 0.05)).toBeLessThan(0.002);
  });

  test('are salt and pepper in equal parts', () => {
    const { data } = randomSaltAndPepper(0.2)(full([1, 100, 100, 1], 0.5), rng());
    const count = (value: number): number => [...data].filter((v) => v === value).length;
    expect([Math.abs(count(0) - 1000) < 130, Math.abs(count(1) - 1000) < 130]).toEqual([true, true]);
  });

  test('need three channels for colors', () => {
    expect(() => randomHue(0.1)(zeros([1, 2, 2, 1]), rng())).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: randomHue: \`images\` expects 3 channels (red, green, blue), got [1,2,2,1]]`,
    );
  });
});

describe('randomErasing', () => {
  test('erases rectangles of the wanted area, anywhere', () => {
    const erase = randomErasing({ scale: [0.2, 0.3], ratio: [0.5, 2] });
    const y = erase(ones([200, 20, 20, 1]), rng());
    const touched = new Set<number>();
    for (let n = 0; n < 200; n++) {
      const erased = [...y.data.slice(400 * n, 400 * n + 400)].flatMap((v, i) => (v === 0 ? [i] : []));
      erased.forEach((i) => touched.add(i));
      const [xs, ys] = [erased.map((i) => i % 20), erased.map((i) => Math.floor(i / 20))];
      const area = (Math.max(...xs) - Math.min(...xs) + 1) * (Math.max(...ys) - Math.min(...ys) + 1);
      expect(area).toBe(erased.length);
      expect([area > 0.2 * 400 - 15, area < 0.3 * 400 + 15]).toEqual([true, true]);
    }
    // A corner needs a rectangle at one place of about 130.
    expect(touched.size).toBeGreaterThan(390);
  });
});

describe('choices', () => {
  test('fall on images as often as they should', () => {
    const bright = randomBrightness([0.5, 0.5]);
    const applied = randomApply(bright, 0.3)(zeros([2000, 1, 1, 1]), rng());
    expect(Math.abs(meanOf(applied) / 0.5 - 0.3)).toBeLessThan(4 * Math.sqrt(0.21 / 2000));
    const either = randomChoice([bright, randomBrightness([0.25, 0.25]), randomBrightness([1, 1])], [1, 2, 1]);
    const values = [...either(zeros([2000, 1, 1, 1]), rng()).data];
    const share = (v: number): number => values.filter((x) => x === v).length / 2000;
    [0.5, 0.25, 1].forEach((v, i) => expect(Math.abs(share(v) - [0.25, 0.5, 0.25][i]!)).toBeLessThan(0.045));
  });

  test('refuse changes of size', () => {
    expect(() => randomChoice([], undefined)).toThrow('randomChoice: `augmentations`');
    expect(() => randomChoice([randomBrightness(0.1)], [1, 2])).toThrow('randomChoice: `weights`');
  });
});

describe('mixing', () => {
  const batch = {
    images: tensor([0, 1, 0, 1], [4, 1, 1, 1]),
    labels: tensor([
      [1, 0],
      [0, 1],
      [1, 0],
      [0, 1],
    ]),
  };

  test('mixes images and labels in the same shares', () => {
    for (let seed = 0; seed < 5; seed++) {
      const { images, labels } = mixUp(0.5)(batch, rng(seed));
      images.data.forEach((v, i) => expect(labels.data[2 * i + 1]!).toBeCloseTo(v, 5));
      labels.data.forEach((_, i) => i % 2 === 0 && expect(labels.data[i]! + labels.data[i + 1]!).toBeCloseTo(1, 5));
    }
  });

  test('mixes by area', () => {
    const big = {
      images: tensor([...Array<number>(64).fill(0), ...Array<number>(64).fill(1)], [2, 8, 8, 1]),
      labels: tensor([
        [1, 0],
        [0, 1],
      ]),
    };
    for (let seed = 0; seed < 10; seed++) {
      const { images, labels } = cutMix()(big, rng(seed));
      for (const i of [0, 1]) {
        const share = [...images.data.slice(64 * i, 64 * i + 64)].reduce((a, b) => a + b, 0) / 64;
        expect(labels.data[2 * i + 1]!).toBeCloseTo(share, 5);
      }
    }
  });

  test('refuses labels that are not shares, and masks', () => {
    const images = zeros([2, 1, 1, 1]) as Tensor;
    expect(() => mixUp()({ images, labels: tensor([0, 1], [2], 'int32') }, rng())).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: mixUp: \`labels\` must be shares of classes in float32 or float64, got int32; make them with \`oneHot\`]`,
    );
    expect(() => cutMix()({ images, masks: zeros([2, 1, 1]) }, rng())).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: cutMix: a batch must have images and labels only, got masks]`,
    );
  });
});

test('elastic deformation moves neighbors alike, by about alpha', () => {
  const ramp = tensor(
    Array.from({ length: 1024 }, (_, i) => i % 32),
    [1, 32, 32, 1],
  );
  const offsets = randomElastic(20, 4, { fillMode: 'nearest' })(ramp, rng()).data.map((v, i) => v - (i % 32));
  const inner = [...offsets].filter((_, i) => i % 32 > 4 && i % 32 < 26);
  expect(Math.max(...inner.map(Math.abs))).toBeGreaterThan(0.3);
  for (let i = 33; i < 1000; i++)
    if (i % 32 > 4 && i % 32 < 26) expect(Math.abs(offsets[i]! - offsets[i - 1]!)).toBeLessThan(1);
});
