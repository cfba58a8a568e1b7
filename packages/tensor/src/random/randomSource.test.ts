import { expect, test } from 'vitest';
import { aSeed, RandomSource } from './randomSource.ts';

const draw = (source: RandomSource, n: number): number[] => Array.from({ length: n }, () => source.bits());

test('the same seed, purpose and index give the same numbers', () => {
  expect(draw(new RandomSource(-5, 'digit', 3), 9)).toEqual(draw(new RandomSource(-5, 'digit', 3), 9));
});

test('each seed, purpose and index has numbers of its own', () => {
  const sources = [
    new RandomSource(1, 'digit', 0),
    new RandomSource(2, 'digit', 0),
    new RandomSource(1, 'digit', 1),
    new RandomSource(1, 'shuffle', 0),
    new RandomSource(1, 'labels', 0),
    new RandomSource(1 + 2 ** 32, 'digit', 0),
    new RandomSource(-1, 'digit', 0),
  ];
  const all = sources.flatMap((source) => draw(source, 100));
  expect(new Set(all).size).toBe(all.length);
});

test('the first numbers of seed 1 never change', () => {
  expect(draw(new RandomSource(1, 'shuffle', 0), 5)).toMatchInlineSnapshot(`
    [
      1664049310,
      3043992414,
      2168557719,
      2972725595,
      779348418,
    ]
  `);
});

test('uniform covers its range evenly', () => {
  const source = new RandomSource(7, 'digit', 0);
  const values = Array.from({ length: 40_000 }, () => source.uniform(-2, 6));
  expect(Math.min(...values)).toBeGreaterThanOrEqual(-2);
  expect(Math.max(...values)).toBeLessThan(6);
  const counts = new Array<number>(8).fill(0);
  for (const value of values) counts[Math.floor(value + 2)]! += 1;
  for (const count of counts) expect(Math.abs(count - 5000)).toBeLessThan(5 * Math.sqrt(5000));
});

test('below is unbiased where the range does not divide 2³²', () => {
  const n = 3 * 2 ** 30;
  const source = new RandomSource(3, 'digit', 0);
  let low = 0;
  // The remainder of 2³² by n would give numbers below 2³⁰ half of the draws instead of a third.
  for (let i = 0; i < 30_000; i++) low += source.below(n) < 2 ** 30 ? 1 : 0;
  expect(Math.abs(low - 10_000)).toBeLessThan(5 * Math.sqrt((30_000 * 2) / 9));
});

test('normal has mean 0, deviation 1 and the tails of the normal distribution', () => {
  const source = new RandomSource(11, 'digit', 0);
  const n = 50_000;
  const values = Array.from({ length: n }, () => source.normal());
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const variance = values.reduce((sum, x) => sum + x * x, 0) / n;
  const tail = values.filter((x) => Math.abs(x) > 2).length / n;
  expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(n));
  expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  expect(Math.abs(tail - 0.0455)).toBeLessThan(0.005);
});

test('permutation gives each order of three equally often', () => {
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = new RandomSource(1, 'shuffle', i).permutation(3).join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(1000));
});

test('a seed that is not an integer is refused', () => {
  expect(() => aSeed('shuffle', 'seed', 0.5)).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: shuffle: \`seed\` must be an integer, got 0.5]`,
  );
});
