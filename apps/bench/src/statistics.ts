/** A quantile of the samples, with linear interpolation. */
export function quantile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const low = Math.floor(at);
  const [a, b] = [sorted[low]!, sorted[Math.min(low + 1, sorted.length - 1)]!];
  return a + (b - a) * (at - low);
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** The geometric mean: exp of the mean logarithm. */
export function geometricMean(samples: readonly number[]): number {
  return Math.exp(samples.reduce((sum, x) => sum + Math.log(x), 0) / samples.length);
}
