import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digits } from './digits.ts';
import { digitStrokes } from './digitStrokes.ts';

const checksum = (values: Iterable<number>): number =>
  [...values].reduce((sum, value) => (Math.imul(sum, 31) + value) | 0, 7);

test('digits gives images and labels in the format of MNIST', () => {
  const { images, labels } = digits({ count: 30, seed: 1 });
  expect([images.shape, images.dtype, labels.shape, labels.dtype]).toEqual([[30, 28, 28, 1], 'uint8', [30], 'int32']);
  expect(digits({ count: 0, seed: 1 }).images.shape).toEqual([0, 28, 28, 1]);
});

test('every ten images contain each digit once', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.nat(35), (seed, count) => {
      const labels = [...digits({ count, seed }).labels.data];
      for (let i = 0; i + 10 <= count; i += 10)
        expect(labels.slice(i, i + 10).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(new Set(labels.slice(count - (count % 10))).size).toBe(count % 10);
    }),
    { numRuns: 20 },
  );
});

test('the same seed gives the same images, for any count', () => {
  const [few, many, other] = [
    digits({ count: 13, seed: 5 }),
    digits({ count: 40, seed: 5 }),
    digits({ count: 13, seed: 6 }),
  ];
  expect(many.images.data.slice(0, 13 * 784)).toEqual(few.images.data);
  expect(many.labels.data.slice(0, 13)).toEqual(few.labels.data);
  expect(other.images.data).not.toEqual(few.images.data);
});

test('digits does not change between versions', () => {
  const { images, labels } = digits({ count: 20, seed: 1 });
  expect([...labels.data].join('')).toMatchInlineSnapshot(`"39085741264095731286"`);
  expect(checksum(images.data)).toMatchInlineSnapshot(`-2120333022`);
});

test('digits keeps its ink inside the image', () => {
  const { images } = digits({ count: 500, seed: 2 });
  const values = images.data;
  // The background stays below 130, its maximum plus five standard deviations of the noise.
  let border = 0;
  for (let i = 0; i < values.length; i++) {
    const [row, column] = [Math.floor((i % 784) / 28), i % 28];
    if ((row === 0 || row === 27 || column === 0 || column === 27) && values[i]! > 130) border++;
  }
  expect(border / 500).toBeLessThan(0.5);
});

test('digits can be told apart: most nearest neighbors among 1,000 images show the same digit', () => {
  const [train, check] = [digits({ count: 1000, seed: 1 }), digits({ count: 200, seed: 2 })];
  const [x, y] = [train.images.data, check.images.data];
  let right = 0;
  for (let i = 0; i < 200; i++) {
    let best = Infinity;
    let label = -1;
    for (let j = 0; j < 1000; j++) {
      let distance = 0;
      for (let k = 0; k < 784 && distance < best; k++) distance += (y[i * 784 + k]! - x[j * 784 + k]!) ** 2;
      if (distance < best) [best, label] = [distance, train.labels.data[j]!];
    }
    if (label === check.labels.data[i]) right++;
  }
  expect(right / 200).toBeGreaterThan(0.75);
});

test('every digit has strokes inside the unit square', () => {
  expect(digitStrokes).toHaveLength(10);
  for (const [x, y] of digitStrokes.flat(3) as unknown as [number, number][])
    expect(Math.min(x, y, 1 - x, 1 - y)).toBeGreaterThan(0);
});

test('digits throws for counts and seeds that are not integers', () => {
  expect(() => digits({ count: -1, seed: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: digits: \`count\` must be an integer from 0 to 2739137, got -1]`,
  );
  expect(() => digits({ count: 1e9, seed: 1 })).toThrow(/`count`/);
  expect(() => digits({ count: 1, seed: 0.5 })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: digits: \`seed\` must be an integer, got 0.5]`,
  );
});
