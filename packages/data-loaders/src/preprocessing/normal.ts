import { erfc, Tensor } from '@chainrule/tensor';

/** The cumulative distribution function of the standard normal distribution. */
export function normalShares(values: Float64Array): Float64Array {
  const scaled = values.map((value) => -value / Math.SQRT2);
  return Float64Array.from(erfc(new Tensor([values.length], 'float64', scaled)).data, (tail) => tail / 2);
}

/**
 * The quantile function of the standard normal distribution: a rational approximation (Abramowitz and Stegun, 26.2.23), and
 * three steps of Halley's method, each of which triples the number of correct digits.
 *
 * @param shares - in (0, 1)
 */
export function normalQuantiles(shares: Float64Array): Float64Array {
  // Computes the lower half, which is accurate, and mirrors it.
  const lower = shares.map((share) => Math.min(share, 1 - share));
  let z = lower.map((share) => {
    const t = Math.sqrt(-2 * Math.log(share));
    const top = 2.515517 + t * (0.802853 + t * 0.010328);
    return top / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  });
  for (let step = 0; step < 3; step++) {
    const reached = normalShares(z);
    z = z.map((value, i) => {
      const density = Math.exp((-value * value) / 2) / Math.sqrt(2 * Math.PI);
      const error = (reached[i]! - lower[i]!) / density;
      return value - error / (1 + (value * error) / 2);
    });
  }
  return z.map((value, i) => (shares[i]! > 0.5 ? -value : value));
}
