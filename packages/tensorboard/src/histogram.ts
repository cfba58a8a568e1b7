import type { Histogram } from './event.ts';

const buckets = 30;

/** The histogram of the finite values, in 30 buckets of one width. Without finite values, it is empty. */
export function histogramOf(values: Iterable<number>): Histogram {
  const finite = Array.from(values).filter(Number.isFinite);
  let [min, max, sum, sumOfSquares] = [Infinity, -Infinity, 0, 0];
  for (const value of finite) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    sumOfSquares += value * value;
  }
  if (finite.length === 0) return { min: 0, max: 0, count: 0, sum: 0, sumOfSquares: 0, limits: [0], counts: [0] };
  const width = (max - min) / buckets;
  if (!(width > 0))
    return { min, max, count: finite.length, sum, sumOfSquares, limits: [max], counts: [finite.length] };
  const counts = new Array<number>(buckets).fill(0);
  for (const value of finite) counts[Math.min(Math.floor((value - min) / width), buckets - 1)]!++;
  const limits = counts.map((_, i) => (i === buckets - 1 ? max : min + (i + 1) * width));
  return { min, max, count: finite.length, sum, sumOfSquares, limits, counts };
}
