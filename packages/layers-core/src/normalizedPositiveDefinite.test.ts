import { Generator } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { normalizedPositiveDefinite } from './normalizedPositiveDefinite.ts';

const at = () => ({ rng: new Generator(3), dtype: 'float64' as const });

describe('normalizedPositiveDefinite', () => {
  test('is symmetric, with eigenvalues in (0, 1], the largest of them 1', () => {
    const n = 12;
    const m = normalizedPositiveDefinite.make([n, n], at()).toArray() as number[][];
    m.forEach((row, i) => row.forEach((v, j) => expect(v).toBeCloseTo(m[j]![i]!, 14)));
    const values = eigenvalues(m).sort((a, b) => a - b);
    expect(values[0]).toBeGreaterThan(0);
    expect(values.at(-1)).toBeCloseTo(1, 8);
    expect(values.at(-2)).toBeLessThan(1);
  });

  test('is one number, 1, for one unit', () => {
    expect(normalizedPositiveDefinite.make([1, 1], at()).item()).toBe(1);
  });

  test('rejects shapes other than square matrices', () => {
    expect(() => normalizedPositiveDefinite.make([2, 3], at())).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: normalizedPositiveDefinite: expects a square matrix, got [2,3]]`,
    );
  });
});

/** By Jacobi's rotations: another way than that of the initializer. */
function eigenvalues(m: readonly (readonly number[])[]): number[] {
  const a = m.map((row) => [...row]);
  const n = a.length;
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const angle = 0.5 * Math.atan2(2 * a[p]![q]!, a[q]![q]! - a[p]![p]!);
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (const row of a) [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!];
        const [x, y] = [a[p]!, a[q]!];
        [a[p], a[q]] = [x.map((v, k) => c * v - s * y[k]!), x.map((v, k) => s * v + c * y[k]!)];
      }
    }
  }
  return a.map((row, i) => row[i]!);
}
