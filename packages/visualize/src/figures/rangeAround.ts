import type { Range } from '../figure.ts';

/** From the least to the largest number, and a tenth more on both sides. */
export function rangeAround(values: readonly number[]): Range {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  const [least, most] = [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))];
  const room = (most - least) / 10 || 1;
  return [least - room, most + room];
}
