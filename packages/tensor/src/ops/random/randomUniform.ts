import { OptionError, showValue } from '@chainrule/errors';
import { aNumber, checkOptions } from '@chainrule/errors/check';
import type { FloatDType } from '../../array/dtype.ts';
import { withOpName } from '../../graph/opName.ts';
import { aFloatDType } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Generator } from './generator.ts';
import type { Mutable, Shape } from '../../types/tensor.ts';
import { checkRandom } from './randomArguments.ts';

export interface RandomUniformOptions<D extends FloatDType = 'float32'> {
  /** Lower bound, included. Default 0. */
  readonly low?: number;
  /** Upper bound, excluded except for rounding. Default 1. */
  readonly high?: number;
  /** Default float32. */
  readonly dtype?: D;
}

/**
 * Uniform random numbers.
 *
 * low + (high − low) · u with u = k · 2⁻²⁴, the same u in both dtypes
 *
 * @param rng - the generator; one draw
 * @param shape - of the result
 * @throws OptionError if `low` exceeds `high`
 * @example
 * randomUniform(new Generator(1), [2, 3]).shape; // => 2,3
 */
export function randomUniform<const S extends Shape, D extends FloatDType = 'float32'>(
  rng: Generator,
  shape: S,
  options: RandomUniformOptions<D> = {},
): Tensor<Mutable<S>, NoInfer<D>> {
  checkRandom('randomUniform', rng, shape);
  checkOptions<RandomUniformOptions<FloatDType>>('randomUniform', options, {
    low: aNumber,
    high: aNumber,
    dtype: aFloatDType,
  });
  const { low = 0, high = 1, dtype } = options;
  if (!(low <= high))
    throw new OptionError(
      `randomUniform: \`low\` must not exceed \`high\`, got ${showValue(low)} and ${showValue(high)}`,
    );
  return withOpName('randomUniform', () => {
    const u = rng.draw(shape, dtype ?? 'float32');
    return low === 0 && high === 1 ? u : map((v) => e.add(e.mul(v, high - low), low), [u]);
  });
}
