import { checkOptions, upToOne } from '@chainrule/errors/check';
import { withOpName } from '../../graph/opName.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Generator } from './generator.ts';
import type { Mutable, Shape } from '../../types/tensor.ts';
import { checkRandom } from './randomArguments.ts';

export interface RandomBernoulliOptions {
  /** The probability of true, between 0 and 1. Default 0.5. */
  readonly p?: number;
}

/**
 * Random booleans that are true with probability p.
 *
 * u < p with u uniform in [0, 1)
 *
 * @param rng - the generator; one draw
 * @param shape - of the result
 * @returns bool; `cast` it to multiply with it
 * @throws OptionError if the probability is not in [0, 1]
 * @example
 * randomBernoulli(new Generator(1), [2], { p: 1 }).toArray(); // => true,true
 */
export function randomBernoulli<const S extends Shape>(
  rng: Generator,
  shape: S,
  options: RandomBernoulliOptions = {},
): Tensor<Mutable<S>, 'bool'> {
  checkRandom('randomBernoulli', rng, shape);
  checkOptions('randomBernoulli', options, { p: upToOne });
  const { p = 0.5 } = options;
  return withOpName('randomBernoulli', () => map((u) => e.lt(u, p), [rng.draw(shape, 'float32')]));
}
