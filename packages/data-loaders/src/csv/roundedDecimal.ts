/** The powers of ten that are exact as doubles. */
export const exactPowers: Float64Array = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
/** A bound on the relative error of the steps below. */
const slack = 2 ** -96;

/**
 * The double nearest to `digits · 10^power`, or NaN if the first 30 digits and 106 bits cannot decide, or the power exceeds
 * 66. Computes with sums of two doubles, whose products have known errors (Dekker, "A floating-point technique for
 * extending the available precision", 1971).
 *
 * @param bytes - digits, and a decimal point anywhere, from `first` to `last`
 */
export function roundedDecimal(bytes: Uint8Array, first: number, last: number, power: number): number {
  let [high, highCount, low, lowCount] = [0, 0, 0, 0];
  for (let at = first; at < last; at++) {
    const digit = bytes[at]! - 48;
    if (digit < 0 || digit > 9) continue;
    if (highCount < 15) {
      high = high * 10 + digit;
      if (high > 0) highCount += 1;
    } else {
      low = low * 10 + digit;
      lowCount += 1;
    }
  }
  if (lowCount > 15 || !(Math.abs(power) <= 66)) return NaN;
  if (high === 0) return 0;
  const scale = exactPowers[lowCount]!;
  let value = high * scale + low;
  let rest = productError(high, scale, high * scale) + (low - (value - high * scale));
  for (let left = power; left !== 0;) {
    const step = Math.min(22, Math.abs(left));
    const factor = exactPowers[step]!;
    const next = left < 0 ? value / factor : value * factor;
    rest =
      left < 0
        ? (value - next * factor - productError(next, factor, next * factor) + rest) / factor
        : productError(value, factor, next) + rest * factor;
    value = next;
    left += left < 0 ? step : -step;
  }
  const least = value + (rest - value * slack);
  return least === value + (rest + value * slack) ? least : NaN;
}

/** The rounding error of a product. */
function productError(a: number, b: number, product: number): number {
  const [aHigh, bHigh] = [upperHalf(a), upperHalf(b)];
  const [aLow, bLow] = [a - aHigh, b - bHigh];
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** The upper 26 bits of a double's significand. */
function upperHalf(value: number): number {
  const scaled = value * (2 ** 27 + 1);
  return scaled - (scaled - value);
}
