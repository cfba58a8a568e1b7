import { RandomSource, Tensor } from '@chainrule/tensor';
import type { Samples } from '../trainModel.ts';

/** The classes of {@link shapes}, by label. */
export const shapeClasses: readonly string[] = ['disk', 'ring', 'square', 'triangle', 'cross', 'stripes'];

/** Whether a point belongs to the shape of a class, whose size is about 1 in all directions. */
const contains: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => x * x + y * y < 0.8,
  (x, y) => x * x + y * y < 1 && x * x + y * y > 0.36,
  (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.8,
  (x, y) => y < 0.6 && y > 2 * Math.abs(x) - 1.1,
  (x, y) => Math.min(Math.abs(x), Math.abs(y)) < 0.28 && Math.max(Math.abs(x), Math.abs(y)) < 1,
  (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.95 && Math.floor((y + 0.95) / 0.38) % 2 === 0,
];

/** The number of points along each axis whose mean is a pixel. */
const fine = 3;

/**
 * Generates color images of shapes, for examples without files: of a light color on a dark one, turned, scaled and shifted, with
 * noise. Each six images, from the first on, contain each shape once. Image i depends on the seed and on i only.
 *
 * @returns images `[count, size, size, 3]` in uint8, and labels `[count]` in int32
 */
export function shapes({ count, seed, size = 16 }: { count: number; seed: number; size?: number }): Samples {
  const kinds = shapeClasses.length;
  const pixels = new Uint8Array(count * size * size * 3);
  const labels = Int32Array.from(
    { length: count },
    (_, i) => new RandomSource(seed, 'labels', Math.floor(i / kinds)).permutation(kinds)[i % kinds]!,
  );
  for (let i = 0; i < count; i++)
    draw(pixels.subarray(i * size * size * 3), size, contains[labels[i]!]!, new RandomSource(seed, 'points', i));
  return { x: new Tensor([count, size, size, 3], 'uint8', pixels), y: new Tensor([count], 'int32', labels) };
}

function draw(
  pixels: Uint8Array,
  size: number,
  isInside: (x: number, y: number) => boolean,
  random: RandomSource,
): void {
  const [ground, color] = twoColors(random);
  const angle = random.uniform(-0.4, 0.4);
  const scale = random.uniform(0.45, 0.75);
  const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
  const [centerX, centerY] = [random.uniform(-0.25, 0.25), random.uniform(-0.25, 0.25)];
  const noise = random.uniform(5, 20);
  const isCovered = (row: number, column: number): boolean => {
    const [x, y] = [(2 * column) / size - 1 - centerX, (2 * row) / size - 1 - centerY];
    return isInside(cos * x + sin * y, cos * y - sin * x);
  };
  for (let at = 0; at < size * size; at++) {
    let covered = 0;
    for (let k = 0; k < fine * fine; k++) {
      const [down, right] = [Math.floor(k / fine), k % fine];
      if (isCovered(Math.floor(at / size) + (down + 0.5) / fine, (at % size) + (right + 0.5) / fine)) covered++;
    }
    const share = covered / fine ** 2;
    for (let c = 0; c < 3; c++) {
      const value = (1 - share) * ground[c]! + share * color[c]! + noise * random.normal();
      pixels[3 * at + c] = Math.min(255, Math.max(0, Math.round(value)));
    }
  }
}

/** A dark color and a light one. */
function twoColors(random: RandomSource): readonly [number[], number[]] {
  const drawColor = (least: number): number[] => Array.from({ length: 3 }, () => random.uniform(least, least + 130));
  return [drawColor(10), drawColor(110)];
}
