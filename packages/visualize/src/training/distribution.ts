/** A summary of many numbers. NaN and infinities don't count. */
export interface Distribution {
  /** The numbers below which 5%, 25%, 50%, 75% and 95% of all lie; NaN without numbers. */
  readonly quantiles: readonly [number, number, number, number, number];
  /** √Σ v² */
  readonly norm: number;
}

const shares = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** Quantiles with linear interpolation between neighbors, as in NumPy. */
export function distributionOf(values: ArrayLike<number>): Distribution {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(place)] ?? NaN, sorted[Math.ceil(place)] ?? NaN];
    return below + (above - below) * (place - Math.floor(place));
  };
  let sum = 0;
  for (const value of sorted) sum += value * value;
  const [a, b, c, d, e] = shares;
  return { quantiles: [at(a), at(b), at(c), at(d), at(e)], norm: Math.sqrt(sum) };
}
