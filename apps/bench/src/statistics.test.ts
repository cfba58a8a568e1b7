import { describe, expect, test } from 'vitest';
import { geometricMean, median, quantile } from './statistics.ts';

describe('statistics', () => {
  test('the median is the middle of the sorted samples, or between the two in the middle', () => {
    expect([median([10, 9, 2]), median([4, 1, 3, 2]), median([7])]).toEqual([9, 2.5, 7]);
  });

  test('quantiles lie between neighbors', () => {
    const samples = Array.from({ length: 11 }, (_, i) => 10 - i);
    expect([0, 0.1, 0.25, 0.9, 1].map((part) => quantile(samples, part))).toEqual([0, 1, 2.5, 9, 10]);
  });

  test('the geometric mean of a ratio and its inverse is 1', () => {
    expect(geometricMean([4, 0.25])).toBe(1);
    expect(geometricMean([2, 8])).toBeCloseTo(4, 12);
  });
});
