import { aFiniteNumber, checkOptions, type Checks, nonNegative } from '@chainrule/errors/check';
import type { FloatDType } from '../../array/dtype.ts';
import { withOpName } from '../../graph/opName.ts';
import { aFloatDType } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import { reshapeNode, sliceNode } from '../../nodes/view.ts';
import type { Generator } from './generator.ts';
import type { Mutable, Shape } from '../../types/tensor.ts';
import { checkRandom } from './randomArguments.ts';

export interface RandomNormalOptions<D extends FloatDType = 'float32'> {
  /** Default 0. */
  readonly mean?: number;
  /** Standard deviation. Default 1. */
  readonly std?: number;
  /** Default float32. */
  readonly dtype?: D;
}

export const normalChecks: Checks<RandomNormalOptions<FloatDType>> = {
  mean: aFiniteNumber,
  std: nonNegative,
  dtype: aFloatDType,
};

/**
 * Normally distributed random numbers.
 *
 * mean + std · √(−2 ln(1 − u)) cos 2πv with u, v uniform (Box and Muller 1958). Backends agree within 1e-5.
 *
 * @param rng - the generator; one draw
 * @param shape - of the result
 * @throws OptionError for a negative `std`
 * @example
 * randomNormal(new Generator(1), [2, 3]).shape; // => 2,3
 */
export function randomNormal<const S extends Shape, D extends FloatDType = 'float32'>(
  rng: Generator,
  shape: S,
  options: RandomNormalOptions<D> = {},
): Tensor<Mutable<S>, NoInfer<D>> {
  checkRandom('randomNormal', rng, shape);
  checkOptions('randomNormal', options, normalChecks);
  const { mean = 0, std = 1, dtype } = options;
  return withOpName('randomNormal', () => {
    const pairs = rng.draw([2, ...shape], dtype ?? 'float32');
    const [u, v] = [0, 1].map((i) => reshapeNode(sliceNode(pairs, [i, ...shape.map(() => 0)], [1, ...shape]), shape));
    const radius = (x: e.Scalar): e.Scalar => e.sqrt(e.mul(-2, e.log(e.sub(1, x))));
    return map((x, y) => e.add(mean, e.mul(std, e.mul(radius(x), e.cos(e.mul(2 * Math.PI, y))))), [u!, v!]);
  });
}
