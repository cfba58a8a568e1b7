import { OptionError, showValue } from '@chainrule/errors';
import { anything, checkOptions } from '@chainrule/errors/check';
import { RandomSource, Tensor } from '@chainrule/tensor';
import { aSeed } from '@chainrule/tensor/graph';
import { digitStrokes, type Point, type Stroke } from './digitStrokes.ts';
import { drawStrokes } from './drawStrokes.ts';
import type { LabeledImages } from '../datasets/readMnist.ts';

/** Options of {@link digits}. */
export interface DigitsOptions {
  /** The number of images, at least 0. */
  readonly count: number;
  /** The seed, an integer. Use different seeds for training and test data. */
  readonly seed: number;
}

const width = 28;
const pixels = width * width;

/**
 * Generates images of the ten digits in the format of MNIST, for examples and tests without files: pen strokes, rotated by up
 * to 15°, sheared, scaled, shifted and bent, with different widths and brightness, on a noisy background.
 *
 * Every ten images, from the first on, contain each digit once in random order. Image i depends on the seed and i only, so a
 * larger `count` begins with the same images.
 *
 * @returns images `[count, 28, 28, 1]` with gray values from 0 to 255, labels `[count]` from 0 to 9
 * @throws OptionError if `count` is not an integer of at least 0
 * @throws OptionError if `seed` is not an integer
 * @example
 * const { images, labels } = digits({ count: 20, seed: 1 });
 * images.shape; // => 20,28,28,1
 * labels.dtype; // => int32
 */
export function digits(options: DigitsOptions): LabeledImages {
  checkOptions('digits', options, { count: anything, seed: aSeed }, 'count', 'seed');
  const { count, seed } = options;
  if (!Number.isSafeInteger(count) || count < 0 || count * pixels > 2 ** 31 - 1) {
    throw new OptionError(
      `digits: \`count\` must be an integer from 0 to ${Math.floor((2 ** 31 - 1) / pixels)}, got ${showValue(count)}`,
    );
  }
  const labels = drawLabels(count, seed);
  const images = new Uint8Array(count * pixels);
  const ink = new Float32Array(pixels);
  for (let i = 0; i < count; i++) {
    const random = new RandomSource(seed, 'digit', i);
    const ways = digitStrokes[labels[i]!]!;
    const strokes = ways[random.below(ways.length)]!.map(handwriting(random));
    drawStrokes(ink, width, strokes, random.uniform(0.7, 1.6));
    develop(ink, images.subarray(i * pixels, (i + 1) * pixels), random);
  }
  return {
    images: new Tensor([count, width, width, 1], 'uint8', images),
    labels: new Tensor([count], 'int32', labels),
  };
}

function drawLabels(count: number, seed: number): Int32Array {
  const labels = new Int32Array(Math.ceil(count / 10) * 10);
  for (let i = 0; i < labels.length; i += 10) labels.set(new RandomSource(seed, 'labels', i / 10).permutation(10), i);
  return labels.slice(0, count);
}

/** Maps strokes from the unit square to pixels, in a random handwriting. */
function handwriting(random: RandomSource): (stroke: Stroke) => Stroke {
  const angle = (random.uniform(-15, 15) * Math.PI) / 180;
  const shear = random.uniform(-0.25, 0.25);
  const size = random.uniform(0.78, 1.02) * width;
  const slim = random.uniform(0.8, 1.1);
  const [cos, sin] = [Math.cos(angle) * size, Math.sin(angle) * size];
  const [centerX, centerY] = [width / 2 + random.uniform(-2, 2), width / 2 + random.uniform(-2, 2)];
  const bend = bending(random);
  return (stroke) =>
    stroke.map((point) => {
      const [bentX, y] = bend(point);
      const x = bentX * slim - shear * y;
      return [centerX + cos * x - sin * y, centerY + sin * x + cos * y];
    });
}

/** Bends strokes by waves across the square, centered on the origin. Strokes that meet still meet. */
function bending(random: RandomSource): (point: Point) => Point {
  const wave = (): ((x: number, y: number) => number) => {
    const height = 0.022 * random.normal();
    const [a, b, c] = [random.uniform(-9, 9), random.uniform(-9, 9), random.uniform(0, 2 * Math.PI)];
    return (x, y) => height * Math.sin(a * x + b * y + c);
  };
  const [x0, x1, y0, y1] = [wave(), wave(), wave(), wave()];
  return ([x, y]) => [x - 0.5 + x0(x, y) + x1(x, y), y - 0.5 + y0(x, y) + y1(x, y)];
}

/** Turns ink into gray values, with random background, brightness and noise. */
function develop(ink: Float32Array, grey: Uint8Array, random: RandomSource): void {
  const ground = random.uniform(0, 40);
  const contrast = random.uniform(150, 255) - ground;
  const noise = random.uniform(4, 20);
  for (let i = 0; i < grey.length; i++) {
    grey[i] = Math.min(255, Math.max(0, Math.round(ground + contrast * ink[i]! + noise * random.normal())));
  }
}
