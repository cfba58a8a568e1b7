import { readFileSync } from 'node:fs';
import { Generator, tensor, Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { quantiles } from './beta.ts';
import { splineMatrix } from './curve.ts';
import * as augment from './index.ts';
import { grayOf } from './color.ts';
import { autoContrast, blendFrom, equalize, posterize, smoothed, solarize } from './randAugmentPixels.ts';
import { perspectiveMatrix } from './randomPerspective.ts';

interface Golden {
  readonly image: number[];
  readonly dull: number[];
  readonly cases: readonly { of: string; name: string; args: unknown[]; shape: number[]; values: number[] }[];
  readonly pixels: Readonly<Record<string, number[]>>;
  readonly perspective: { readonly quad: [number, number][]; readonly values: number[] };
  readonly spline: number[][];
  readonly beta: Readonly<Record<string, number[]>>;
}

const golden = JSON.parse(readFileSync(new URL('../testdata/augmentation.json', import.meta.url), 'utf8')) as Golden;
const image = new Tensor(
  [1, 6, 5, 3],
  'float32',
  Float32Array.from(golden.image, (v) => v / 255),
);

function expectNear(found: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(found.length).toBe(expected.length);
  const errors = expected.map((v, i) => Math.abs(v - found[i]!));
  expect(Math.max(...errors)).toBeLessThan(tolerance);
}

describe('augmentations of a fixed strength', () => {
  test.each(golden.cases)('$name $args makes what $of makes', ({ name, args, shape, values }) => {
    const factories = augment as unknown as Record<string, (...args: unknown[]) => augment.Augmentation>;
    const y = factories[name]!(...args)(image, new Generator(1));
    expect(y.shape).toEqual([1, ...shape]);
    expectNear(y.data, values, 2e-4);
  });
});

describe('the changes of RandAugment are torchvision’s', () => {
  const range = [0, 255] as const;
  const bytes: Tensor = tensor(golden.image, [1, 6, 5, 3]);
  // The histogram of a tiled image is the image's, 100 times.
  const dull: Tensor = tensor(golden.dull, [1, 6, 5, 3]);
  const more: Tensor = tensor([1]);
  test.each(
    Object.entries({
      posterize: posterize(dull, range, 3),
      solarize: solarize(dull, range, 0.5),
      autoContrast: autoContrast(dull, range),
      brightness: blendFrom(bytes, 0, more, 0.6, range),
      color: blendFrom(bytes, grayOf(bytes), more, 0.6, range),
      sharpness: blendFrom(bytes, smoothed(bytes), more, 0.6, range),
    }),
  )('%s', (name, y) => expectNear(y.data, golden.pixels[name]!, name === 'autoContrast' ? 1.001 : 1e-2));

  test('equalize', () => {
    const { pixels } = golden;
    const tiled = Array.from({ length: 60 * 50 * 3 }, (_, i) => {
      const [row, column, channel] = [Math.floor(i / 150), Math.floor(i / 3) % 50, i % 3];
      return golden.dull[((row % 6) * 5 + (column % 5)) * 3 + channel]!;
    });
    const y = equalize(tensor(tiled, [1, 60, 50, 3]), range);
    const corner = Array.from({ length: 90 }, (_, i) => y.data[Math.floor(i / 15) * 150 + (i % 15)]!);
    expectNear(corner, pixels['equalize']!, 1e-3);
  });
});

test('a perspective shows the corners where torchvision shows them', () => {
  const { quad, values } = golden.perspective;
  const matrix = perspectiveMatrix(quad as never, [4, 5]);
  const shown = augment.defineAugmentation({
    type: 'shown',
    args: [],
    apply: (scene) => scene.warped(matrix, { fillMode: 'constant', interpolation: 'bilinear', fillValue: 0 }),
  });
  expectNear(shown(image, new Generator(1)).data, values, 2e-4);
});

test('curves are the natural cubic splines of SciPy', () => {
  expectNear(splineMatrix(9, 6, 'float64').data, golden.spline.flat(), 1e-5);
});

test.each([0.2, 1, 3])('quantiles of Beta(%s) are those of SciPy', (a) => {
  const found = quantiles(a);
  expectNear(
    golden.beta[a]!.map((_, k) => found[64 * k]!),
    golden.beta[a]!,
    2e-4,
  );
});
