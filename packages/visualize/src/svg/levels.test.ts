import { describe, expect, test } from 'vitest';
import { levelsOf } from './levels.ts';

const heights = (...values: number[]) => ({ x: [0, 1], y: [0, 1], values: [values] }) as const;

describe('levels of contours', () => {
  test('are round numbers, 1, 2 or 5 times a power of 10 apart', () => {
    expect(levelsOf(heights(0, 10)).at).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(levelsOf(heights(-130, 470)).at).toEqual([-100, -50, 0, 50, 100, 150, 200, 250, 300, 350, 400, 450]);
  });

  test('are powers of 10, and 2 and 5 times these where decades are few', () => {
    expect(levelsOf(heights(0, -1, 0.05, 8), 'log')).toMatchObject({ from: 0.05, to: 8, at: [0.1, 0.2, 0.5, 1, 2, 5] });
    expect(levelsOf(heights(1e-9, 1), 'log').at.map((level) => level.toExponential())).toEqual(
      ['1e-8', '1e-7', '1e-6', '1e-5', '1e-4', '1e-3', '1e-2', '1e-1'], // prettier-ignore
    );
    expect(levelsOf(heights(2, 8), 'log').at).toEqual([2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5]);
  });

  test.each([['linear' as const], ['log' as const]])(
    'have a range without heights, and with equal ones (%s)',
    (scale) => {
      for (const values of [
        [NaN, Infinity],
        [3, 3],
      ]) {
        const { from, to, at } = levelsOf(heights(...values), scale);
        expect(from).toBeLessThan(to);
        expect(at).toEqual([]);
      }
    },
  );
});
