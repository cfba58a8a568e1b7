import { describe, expect, test } from 'vitest';
import { wave, waveNames } from './waves.ts';

describe('waves', () => {
  test.each(waveNames)('%s has amplitude 1, and noise that depends only on the seed', (name) => {
    const { clean, seen } = wave(name, 600, 1);
    expect(Math.max(...clean.map(Math.abs))).toBeLessThanOrEqual(1);
    expect(Math.max(...clean)).toBeGreaterThan(0.99);
    const spread = Math.sqrt(seen.reduce((sum, value, t) => sum + (value - clean[t]!) ** 2, 0) / 600);
    expect(spread).toBeCloseTo(name === 'clean sine' ? 0 : 0.05, 2);
    expect(wave(name, 600, 1).seen).toEqual(seen);
    expect(wave(name, 600, 2).clean).toEqual(clean);
  });

  test('the chirp sweeps through the same frequencies in both halves, but differs between them', () => {
    const { clean } = wave('noisy chirp', 600, 1);
    const crossings = (from: number): number =>
      clean.slice(from, from + 100).filter((value, t, all) => t > 0 && value * all[t - 1]! < 0).length;
    const counts = [0, 100, 200, 300, 400, 500].map(crossings);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
    const repeated = clean.slice(0, 300).map((value, t) => Math.abs(value - clean[t + 200]!));
    expect(Math.max(...repeated)).toBeGreaterThan(0.5);
  });
});
