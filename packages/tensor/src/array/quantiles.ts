/**
 * Quantiles of sorted values, interpolated between neighbors as NumPy's by default; NaN without values.
 *
 * @param sorted - numbers in rising order
 * @param shares - of the values, in [0, 1]
 * @example
 * quantilesOf([1, 2, 3, 5], [0, 0.5, 1]); // => [1,2.5,5]
 */
export function quantilesOf(sorted: ArrayLike<number>, shares: readonly number[]): number[] {
  return shares.map((share) => {
    const exact = share * (sorted.length - 1);
    // The share of an element is rounded; this finds the element again.
    const at = Math.abs(exact - Math.round(exact)) < 1e-9 ? Math.round(exact) : exact;
    const below = sorted[Math.floor(at)] ?? NaN;
    const above = sorted[Math.ceil(at)] ?? NaN;
    return below === above ? below : below + (above - below) * (at - Math.floor(at));
  });
}
