/** Quantiles of sorted values, interpolated between neighbors (NumPy's default); NaN without values. */
export function quantilesOf(sorted: ArrayLike<number>, shares: readonly number[]): number[] {
  return shares.map((share) => {
    const at = share * (sorted.length - 1);
    const below = sorted[Math.floor(at)] ?? NaN;
    const above = sorted[Math.ceil(at)] ?? NaN;
    return below + (above - below) * (at - Math.floor(at));
  });
}
