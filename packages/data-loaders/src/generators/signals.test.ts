import { expect, test } from 'vitest';
import { chirp, sine } from './signals.ts';

test.each([
  ['sine', sine],
  ['chirp', chirp],
] as const)('%s gives stretches and the value after each', (_, make) => {
  const { x, y } = make({ count: 5, steps: 40, seed: 1 });
  expect([x.shape, y.shape]).toEqual([
    [5, 40, 1],
    [5, 1],
  ]);
  const longer = make({ count: 6, steps: 40, seed: 1 });
  expect([...longer.x.data.slice(0, 200)]).toEqual([...x.data]);
  expect(Math.max(...x.data.map(Math.abs))).toBeLessThanOrEqual(1);
  const noisy = make({ count: 50, steps: 40, seed: 1, noise: 0.2 });
  const clean = make({ count: 50, steps: 40, seed: 1 });
  const differences = Array.from(noisy.x.data, (value, i) => value - clean.x.data[i]!);
  expect(Math.sqrt(differences.reduce((sum, d) => sum + d * d, 0) / differences.length)).toBeCloseTo(0.2, 1);
  expect([...noisy.y.data]).toEqual([...clean.y.data]);
  expect(() => make({ count: 1, steps: 0, seed: 1 })).toThrow('`steps`');
  expect(() => make({ count: 1, steps: 1, seed: 1, noise: Infinity })).toThrow('`noise`');
});

test('a sine satisfies the recurrence of its frequency', () => {
  const { x, y } = sine({ count: 10, steps: 30, seed: 2 });
  for (let i = 0; i < 10; i++) {
    const signal = [...x.data.slice(i * 30, i * 30 + 30), y.data[i]!];
    const middle = signal.findIndex((value, t) => t > 1 && Math.abs(value) > 0.5);
    const twice = (signal[middle - 1]! + signal[middle + 1]!) / signal[middle]!;
    for (let t = 1; t < 30; t++) expect(signal[t - 1]! + signal[t + 1]!).toBeCloseTo(twice * signal[t]!, 4);
  }
});

test('a chirp crosses zero more often towards its end', () => {
  const { x } = chirp({ count: 20, steps: 200, seed: 3 });
  const crossings = (from: number, to: number): number => {
    let count = 0;
    for (let i = 0; i < 20; i++)
      for (let t = from + 1; t < to; t++) if (x.data[i * 200 + t]! * x.data[i * 200 + t - 1]! < 0) count++;
    return count;
  };
  expect(crossings(100, 200)).toBeGreaterThan(1.5 * crossings(0, 100));
});
