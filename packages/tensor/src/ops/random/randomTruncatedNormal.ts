import type { FloatDType } from '../../array/dtype.ts';
import { checkOptions } from '@chainrule/errors/check';
import { withOpName } from '../../graph/opName.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Generator } from './generator.ts';
import type { Mutable, Shape } from '../../types/tensor.ts';
import { checkRandom } from './randomArguments.ts';
import { normalChecks, type RandomNormalOptions } from './randomNormal.ts';

/** erf(√2): the probability that a normal variable is within two standard deviations. */
const within = 0.954499736103642;

/**
 * Normally distributed random numbers within two standard deviations of the mean.
 *
 * mean + std · √2 · erf⁻¹(erf(√2) · (2u − 1)) with u uniform. Inverting the distribution avoids redrawing. erf⁻¹ uses
 * the polynomial of Giles, "Approximating the erfinv function" (GPU Computing Gems 2011), within 1e-6. As in
 * TensorFlow, `std` is the standard deviation before truncation; that of the result is 0.88 `std`.
 *
 * @param rng - the generator; one draw
 * @param shape - of the result
 * @throws OptionError for a negative `std`
 * @example
 * randomTruncatedNormal(new Generator(1), [2, 3]).shape; // => 2,3
 */
export function randomTruncatedNormal<const S extends Shape, D extends FloatDType = 'float32'>(
  rng: Generator,
  shape: S,
  options: RandomNormalOptions<D> = {},
): Tensor<Mutable<S>, NoInfer<D>> {
  checkRandom('randomTruncatedNormal', rng, shape);
  checkOptions('randomTruncatedNormal', options, normalChecks);
  const { mean = 0, std = 1, dtype } = options;
  return withOpName('randomTruncatedNormal', () => {
    // The middle of each of the 2²⁴ intervals, so that both sides are alike.
    const centred = (u: e.Scalar): e.Scalar => e.mul(within, e.add(e.sub(e.mul(2, u), 1), 2 ** -24));
    const normal = (u: e.Scalar): e.Scalar => e.max(-2, e.min(2, e.mul(Math.SQRT2, erfInverse(centred(u)))));
    return map((u) => e.add(mean, e.mul(std, normal(u))), [rng.draw(shape, dtype ?? 'float32')]);
  });
}

/** Giles' coefficients for w = −ln(1 − x²) < 5, highest power first. |x| ≤ erf(√2) gives w < 2.5. */
const coefficients = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164,
  0.246640727, 1.50140941,
];

function erfInverse(x: e.Scalar): e.Scalar {
  const w = e.sub(e.neg(e.log1p(e.neg(e.mul(x, x)))), 2.5);
  return e.mul(
    x,
    coefficients.slice(1).reduce<e.Scalar>((sum, c) => e.add(e.mul(sum, w), c), coefficients[0]!),
  );
}
