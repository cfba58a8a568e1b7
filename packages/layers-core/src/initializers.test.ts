import { Generator, matmul, tanh, tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { describeArguments, reviveArguments } from './config.ts';
import {
  constant,
  fromValues,
  type Initializer,
  normal,
  onesInitializer,
  truncatedNormal,
  uniform,
  zerosInitializer,
} from './initializers.ts';
import { knownFunctions } from './knownFunctions.ts';
import { identityInitializer, orthogonal } from './orthogonal.ts';
import { glorotNormal, glorotUniform, heNormal, heUniform, lecunNormal, lecunUniform } from './varianceScaling.ts';

const make = (
  initializer: Initializer,
  shape: readonly number[],
  seed = 1,
  dtype: 'float32' | 'float64' = 'float64',
): Tensor => initializer.make(shape, { rng: new Generator(seed), dtype });

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

describe('constant initializers', () => {
  test('fill the shape in the given dtype', () => {
    expect(make(constant(3), [2, 2]).toArray()).toEqual([
      [3, 3],
      [3, 3],
    ]);
    expect([make(zerosInitializer, [2]).toArray(), make(onesInitializer, [2]).toArray()]).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(make(constant(3), [1], 1, 'float32').dtype).toBe('float32');
  });
});

describe('fromValues', () => {
  const values = tensor([
    [0.1, 2],
    [3, 4],
  ]);

  test('copies the values in the given dtype', () => {
    expect(make(fromValues(values), [2, 2], 1, 'float32').toArray()).toEqual(values.toArray());
    expect(make(fromValues(values), [2, 2]).dtype).toBe('float64');
  });

  test('rejects another shape', () => {
    expect(() => make(fromValues(values), [4, 1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: fromValues: \`values\` must have the weight's shape [4,1], got [2,2]]`,
    );
  });

  test('is saved by name only, and loading ignores it', () => {
    const saved = describeArguments('embedding', [2, 2, { embeddingsInitializer: fromValues(values) }]);
    expect(saved).toEqual([2, 2, { embeddingsInitializer: { $initializer: 'fromValues' } }]);
    expect(reviveArguments('embedding', saved, knownFunctions)).toEqual([2, 2, {}]);
  });
});

describe('uniform initializers', () => {
  // √(6 / (fan in + fan out)), √(6 / fan in): fans of a convolution count its window (Keras' compute_fans).
  test.each([
    ['glorotUniform', glorotUniform, [300, 100], Math.sqrt(6 / 400)],
    ['glorotUniform of a convolution', glorotUniform, [3, 3, 32, 64], Math.sqrt(6 / (9 * 32 + 9 * 64))],
    ['glorotUniform of a vector', glorotUniform, [1000], Math.sqrt(6 / 2000)],
    ['heUniform', heUniform, [300, 100], Math.sqrt(6 / 300)],
    ['heUniform of a convolution', heUniform, [3, 3, 32, 64], Math.sqrt(6 / (9 * 32))],
    ['lecunUniform', lecunUniform, [300, 100], Math.sqrt(3 / 300)],
    ['heUniform of the average', heUniform({ mode: 'fanAverage' }), [300, 100], Math.sqrt(6 / 200)],
    ['heUniform of fan out', heUniform({ mode: 'fanOut' }), [3, 3, 32, 64], Math.sqrt(6 / (9 * 64))],
    ['glorotUniform for tanh', glorotUniform({ gain: 5 / 3 }), [300, 100], (5 / 3) * Math.sqrt(6 / 400)],
    ['glorotUniform for sigmoid', glorotUniform({ gain: 4 }), [300, 100], 4 * Math.sqrt(6 / 400)],
    ['uniform', uniform, [100, 100], 0.05],
    ['uniform with options', uniform({ minval: -2, maxval: 2 }), [100, 100], 2],
  ] as const)('%s fills its interval evenly', (_, initializer, shape, limit) => {
    const values = [...make(initializer, shape).data];
    const [low, high] = [Math.min(...values.slice(0, 10000)), Math.max(...values.slice(0, 10000))];
    expect(Math.max(-low, high)).toBeLessThanOrEqual(limit);
    expect(Math.min(-low, high)).toBeGreaterThan(0.98 * limit);
    // Deviations of a uniform's mean and variance l²/3 at n values; five of them.
    const n = values.length;
    expect(Math.abs(mean(values))).toBeLessThan((5 * limit) / Math.sqrt(3 * n));
    expect(Math.abs(mean(values.map((v) => v * v)) / (limit ** 2 / 3) - 1)).toBeLessThan(
      (5 * Math.sqrt(4 / 5)) / Math.sqrt(n),
    );
  });

  test('give equal numbers for equal seeds, and different ones for different seeds', () => {
    expect(make(glorotUniform, [4, 5], 7).toArray()).toEqual(make(glorotUniform, [4, 5], 7).toArray());
    expect(make(glorotUniform, [4, 5], 7).toArray()).not.toEqual(make(glorotUniform, [4, 5], 8).toArray());
  });
});

describe('normal initializers', () => {
  // Keras: √(2 / (fan in + fan out)), √(2 / fan in), √(1 / fan in), after the cut at two deviations.
  test.each([
    ['normal', normal, [300, 100], 0.05, Infinity],
    ['normal with options', normal({ stddev: 3 }), [300, 100], 3, Infinity],
    ['truncatedNormal', truncatedNormal, [300, 100], 0.05 * 0.87962566103423978, 0.1],
    ['truncatedNormal with options', truncatedNormal({ stddev: 3 }), [300, 100], 3 * 0.87962566103423978, 6],
    ['glorotNormal', glorotNormal, [300, 100], Math.sqrt(2 / 400), (2 * Math.sqrt(2 / 400)) / 0.87962566103423978],
    [
      'heNormal of a convolution',
      heNormal,
      [3, 3, 32, 64],
      Math.sqrt(2 / 288),
      (2 * Math.sqrt(2 / 288)) / 0.87962566103423978,
    ],
    [
      'heNormal of the average',
      heNormal({ mode: 'fanAverage' }),
      [300, 100],
      Math.sqrt(2 / 200),
      (2 * Math.sqrt(2 / 200)) / 0.87962566103423978,
    ],
    ['glorotNormal for tanh', glorotNormal({ gain: 5 / 3 }), [300, 100], (5 / 3) * Math.sqrt(2 / 400), Infinity],
    ['lecunNormal', lecunNormal, [300, 100], Math.sqrt(1 / 300), (2 * Math.sqrt(1 / 300)) / 0.87962566103423978],
  ] as const)('%s has the deviation asked for', (_, initializer, shape, deviation, limit) => {
    const values = [...make(initializer, shape).data];
    const n = values.length;
    expect(values.every((v) => Math.abs(v) <= limit * (1 + 1e-9))).toBe(true);
    expect(Math.abs(mean(values))).toBeLessThan((5 * deviation) / Math.sqrt(n));
    expect(Math.abs(mean(values.map((v) => v * v)) / deviation ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  });

  test('have the given mean', () => {
    expect(mean([...make(normal({ mean: 7 }), [1000]).data])).toBeCloseTo(7, 1);
    expect(mean([...make(truncatedNormal({ mean: -7 }), [1000]).data])).toBeCloseTo(-7, 1);
  });
});

describe('a gain', () => {
  test('of 5/3 keeps the variance of activations through ten layers of tanh, which 1 lets fade', () => {
    const rms = (gain: number): number => {
      let x = make(normal({ stddev: 1 }), [64, 200], 3);
      for (let i = 0; i < 10; i++) x = tanh(matmul(x, make(glorotUniform({ gain }), [200, 200], i)));
      return Math.sqrt(mean([...x.data].map((v) => v * v)));
    };
    expect(rms(5 / 3)).toBeGreaterThan(0.6);
    expect(rms(1)).toBeLessThan(0.3);
  });

  test('must be positive, and the mode known', () => {
    expect(() => heNormal({ gain: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: heNormal: \`gain\` must be above 0, got 0]`,
    );
    expect(() => heNormal({ mode: 'average' as never })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: heNormal: \`mode\` must be "fanIn", "fanOut" or "fanAverage", got "average"]`,
    );
  });
});

describe('identity', () => {
  test('has its gain on the diagonal', () => {
    expect(make(identityInitializer, [2, 3]).toArray()).toEqual([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    expect(make(identityInitializer({ gain: 3 }), [2, 2], 1, 'float32').toArray()).toEqual([
      [3, 0],
      [0, 3],
    ]);
  });

  test('rejects shapes other than matrices', () => {
    expect(() => make(identityInitializer, [2])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: identity: expects rank 2, got [2]]`,
    );
  });
});

describe('orthogonal', () => {
  test('multiplies by its gain', () => {
    expect(make(orthogonal({ gain: 2 }), [3, 3]).data).toEqual(make(orthogonal, [3, 3]).data.map((v) => 2 * v));
  });

  const product = (a: Tensor, transposed: boolean): number[][] => {
    const [rows, columns] = [a.size / a.shape.at(-1)!, a.shape.at(-1)!];
    const { data } = a;
    const at = (i: number, k: number): number => data[transposed ? k * columns + i : i * columns + k]!;
    const [count, length] = transposed ? [columns, rows] : [rows, columns];
    return Array.from({ length: count }, (_, i) =>
      Array.from({ length: count }, (_, j) =>
        Array.from({ length }, (_, k) => at(i, k) * at(j, k)).reduce((s, v) => s + v, 0),
      ),
    );
  };

  test.each([
    ['square', [16, 16], false],
    ['of more columns, as a recurrent kernel', [8, 32], false],
    ['of more rows', [32, 8], true],
    ['of a convolution, all axes but the last joined', [3, 3, 4, 8], true],
    ['of one row', [1, 5], false],
    ['of one element', [1, 1], false],
    ['of two', [2, 2], true],
    ['of odd sizes', [67, 131], false],
    ['of an odd square', [257, 257], true],
  ] as const)('makes a matrix %s orthonormal', (_, shape, columnsAreUnit) => {
    const identity = product(make(orthogonal, shape), columnsAreUnit);
    identity.forEach((row, i) => row.forEach((v, j) => expect(v).toBeCloseTo(i === j ? 1 : 0, 12)));
  });

  test('makes large kernels of recurrent layers orthonormal', () => {
    const { data } = make(orthogonal, [1024, 4096], 1, 'float32');
    const dot = (i: number, j: number): number => {
      let sum = 0;
      for (let k = 0; k < 4096; k++) sum += data[i * 4096 + k]! * data[j * 4096 + k]!;
      return sum;
    };
    for (let i = 0; i < 1023; i++) {
      expect(dot(i, i)).toBeCloseTo(1, 5);
      expect(dot(i, (i * 7 + 1) % 1023 === i ? 1023 : (i * 7 + 1) % 1023)).toBeCloseTo(0, 5);
    }
  });

  test('has normally distributed elements, and determinants of both signs', () => {
    const n = 256;
    const { data } = make(orthogonal, [n, n], 3);
    const moment = (power: number): number =>
      (data as Float64Array).reduce((sum, v) => sum + (v * Math.sqrt(n)) ** power, 0) / data.length;
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(moment(2)).toBeCloseTo(1, 10);
    expect(Math.abs(moment(3))).toBeLessThan(0.1);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.2);
    const signs = Array.from({ length: 40 }, (_, seed) => {
      const [a, b, c, d] = make(orthogonal, [2, 2], seed).data;
      return Math.sign(a! * d! - b! * c!);
    });
    expect(new Set(signs)).toEqual(new Set([1, -1]));
  });

  test('supports matrices without elements', () => {
    for (const shape of [
      [0, 5],
      [5, 0],
      [0, 0],
    ])
      expect(make(orthogonal, shape).shape).toEqual(shape);
  });

  test('keeps orthonormality up to rounding in float32', () => {
    const identity = product(make(orthogonal, [8, 32], 3, 'float32'), false);
    identity.forEach((row, i) => row.forEach((v, j) => expect(v).toBeCloseTo(i === j ? 1 : 0, 6)));
  });
});
