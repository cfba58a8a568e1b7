import { type DType, tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { clipByGlobalNorm, clipByNorm, clipByValue } from './clip.ts';
import type { GradientTransformation } from './transformation.ts';

const vector = (values: number[], dtype: DType = 'float64'): Tensor => tensor(values, undefined, dtype);
const clip = (clipping: GradientTransformation, ...updates: Tensor[]): Tensor[] => clipping.update(updates, [], []);

describe('clipByValue', () => {
  test('clips elements at ±limit, and keeps the rest', () => {
    expect(clip(clipByValue(0.5), vector([-3, -0.5, 0, 0.25, 9]))[0]!.toArray()).toEqual([-0.5, -0.5, 0, 0.25, 0.5]);
  });
});

describe('clipByNorm', () => {
  test('scales each update to the norm independently', () => {
    const [a, b] = clip(clipByNorm(1), vector([3, 4]), vector([0.3, 0.4]));
    a!.data.forEach((v, i) => expect(v).toBeCloseTo([0.6, 0.8][i]!, 15));
    expect(b!.toArray()).toEqual([0.3, 0.4]);
  });

  test('takes the norm over all axes', () => {
    const [m] = clip(
      clipByNorm(2),
      tensor([
        [2, 2],
        [2, 2],
      ]),
    );
    expect(m!.toArray()).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });
});

describe('clipByGlobalNorm', () => {
  test('shortens all updates by one factor', () => {
    const [a, b] = clip(clipByGlobalNorm(2.5), vector([3, 0]), vector([4]));
    expect([a!.toArray(), b!.toArray()]).toEqual([[1.5, 0], [2]]);
  });

  test('keeps updates up to and including the norm', () => {
    const updates = [vector([3, 0]), vector([4])];
    expect(clip(clipByGlobalNorm(5), ...updates).map((u) => u.toArray())).toEqual([[3, 0], [4]]);
  });

  test('supports several dtypes and keeps them', () => {
    const [a, b] = clip(clipByGlobalNorm(1), vector([3], 'float32'), vector([4], 'float64'));
    expect([a!.dtype, b!.dtype]).toEqual(['float32', 'float64']);
    expect(a!.item()).toBeCloseTo(0.6, 6);
    expect(b!.item()).toBeCloseTo(0.8, 6);
  });

  test('of no updates is none', () => {
    expect(clip(clipByGlobalNorm(1))).toEqual([]);
  });
});

describe.each([clipByNorm, clipByGlobalNorm])('$name', (make) => {
  test.each([
    ['float32', 1e30],
    ['float32', 3.4e38],
    ['float64', 1e200],
    ['float64', 1.7e308],
  ] as const)('shortens %s gradients of %d, whose squares overflow', (dtype, large) => {
    const [u] = clip(make(5), vector([3 * (large / 4), large, 0, 1], dtype));
    u!.data.forEach((v, i) => expect(v).toBeCloseTo([3, 4, 0, 0][i]!, 5));
  });

  test('scales many large elements, whose norm overflows float32', () => {
    const [u] = clip(make(1), tensor(new Float32Array(10_000).fill(-3e38)));
    expect(Math.max(...u!.data)).toBeCloseTo(-0.01, 7);
  });

  test('shortens the largest elements of a small limit', () => {
    const [u] = clip(make(1e-20), vector([1e25, 1e25], 'float32'));
    u!.data.forEach((v) => expect(v / (1e-20 / Math.SQRT2)).toBeCloseTo(1, 6));
  });
});

describe.each([clipByValue, clipByNorm, clipByGlobalNorm])('$name', (make) => {
  test('leaves gradients of 0, and empty ones, without NaN', () => {
    expect(clip(make(1), vector([0, 0]), vector([0], 'float32'), vector([])).map((u) => u.toArray())).toEqual([
      [0, 0],
      [0],
      [],
    ]);
  });

  test('does not hide NaN', () => {
    expect(clip(make(1), vector([NaN, 0.5]))[0]!.data[0]).toBeNaN();
  });

  test('throws for limits of 0 or less', () => {
    expect(() => make(0)).toThrow(`${make.name}: \`limit\` must be above 0, got 0`);
    expect(() => make(NaN)).toThrow(`${make.name}: \`limit\` must be above 0, got NaN`);
  });
});
