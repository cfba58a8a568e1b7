import type { Days } from './loadDays.ts';

/**
 * Logarithms of what changed since the close of the day before, for each day but the first: close, open, high and low over that
 * close, and the volume over that day's volume.
 */
export function columnChanges({ open, high, low, close, volume }: Days): number[][] {
  return close.slice(1).map((_, i) => {
    const prices = [close, open, high, low].map((column) => Math.log(column[i + 1]! / close[i]!));
    return [...prices, Math.log(volume[i + 1]! / volume[i]!)];
  });
}
