import { tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { auc, type AucOptions } from './auc.ts';

const area = (p: number[], t: number[], options: AucOptions = {}, weights?: number[]): number => {
  const metric = auc({ fromLogits: false, ...options });
  metric.update(tensor(p), tensor(t), weights && tensor(weights));
  return metric.result();
};

/** Keras' AUC: the curve at thresholds −ε, 1/(n−1), …, 1+ε, joined by lines. */
function keras(p: number[], t: number[], n: number, w: number[] = p.map(() => 1)): number {
  const limits = Array.from({ length: n }, (_, i) => (i === 0 ? -1e-7 : i === n - 1 ? 1 + 1e-7 : i / (n - 1)));
  const rate = (of: number, limit: number): number => {
    const [hit, all] = [0, 1].map((k) =>
      p.reduce((s, v, i) => s + (t[i] === of && (k === 1 || v > limit) ? w[i]! : 0), 0),
    );
    return hit! / all!;
  };
  return limits
    .slice(1)
    .reduce(
      (s, limit, i) => s + ((rate(0, limits[i]!) - rate(0, limit)) * (rate(1, limits[i]!) + rate(1, limit))) / 2,
      0,
    );
}

/** scikit-learn's: how often a positive is above a negative; ties count one half. */
function exact(p: number[], t: number[], w: number[] = p.map(() => 1)): number {
  let [above, all] = [0, 0];
  p.forEach((x, i) =>
    p.forEach((y, j) => {
      if (t[i] !== 1 || t[j] !== 0) return;
      all += w[i]! * w[j]!;
      above += w[i]! * w[j]! * (x > y ? 1 : x === y ? 0.5 : 0);
    }),
  );
  return above / all;
}

describe('auc', () => {
  // Multiples of 2⁻²⁴ in float32, so that the loops see the same numbers.
  const p = Array.from({ length: 80 }, (_, i) => Math.fround(Math.abs(Math.sin(3.3 * i * i))));
  const t = p.map((v, i) => Number(v + Math.sin(i) > 0.6));
  const w = p.map((_, i) => (i % 4) / 2);

  test('agrees with the documentation of Keras, with and without weights', () => {
    expect(area([0, 0.5, 0.3, 0.9], [0, 0, 1, 1], { thresholds: 3 })).toBe(0.75);
    expect(area([0, 0.5, 0.3, 0.9], [0, 0, 1, 1], { thresholds: 3 }, [1, 0, 0, 1])).toBe(1);
  });

  test.each([2, 3, 10, 200])('equals the curve of Keras at %d thresholds', (thresholds) => {
    expect(area(p, t, { thresholds })).toBeCloseTo(keras(p, t, thresholds), 13);
    expect(area(p, t, { thresholds }, w)).toBeCloseTo(keras(p, t, thresholds, w), 13);
  });

  test('comes close to the exact area with many thresholds', () => {
    expect(area(p, t, { thresholds: 100001 })).toBeCloseTo(exact(p, t), 12);
    expect(area(p, t, { thresholds: 100001 }, w)).toBeCloseTo(exact(p, t, w), 12);
    expect(Math.abs(area(p, t) - exact(p, t))).toBeLessThan(0.01);
  });

  test('is 1 for the correct order, 0 for the reverse, and one half for ties', () => {
    expect(area([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1])).toBe(1);
    expect(area([0.1, 0.2, 0.8, 0.9], [1, 1, 0, 0])).toBe(0);
    expect(area([0.5, 0.5], [0, 1])).toBe(0.5);
  });

  test('takes logits, and probabilities of 0 and 1', () => {
    expect(area([-1000, -1, 1, 1000], [0, 0, 1, 1], { fromLogits: true })).toBe(1);
    expect(area([0, 1, 0, 1], [0, 1, 0, 1])).toBe(1);
    expect(area([0, 1, -0.5, 1.5], [0, 1, 0, 1])).toBe(1);
  });

  test('is NaN without positives, or without negatives', () => {
    expect(area([0.1, 0.2], [0, 0])).toBeNaN();
    expect(area([0.1, 0.2], [1, 1])).toBeNaN();
  });

  test('throws for fewer than 2 thresholds', () => {
    expect(() => auc({ thresholds: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: auc: \`thresholds\` must be an integer of at least 2, got 1]`,
    );
  });
});
