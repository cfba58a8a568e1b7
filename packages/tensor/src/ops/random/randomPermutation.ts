import { withOpName } from '../../graph/opName.ts';
import type { Tensor } from '../../array/tensor.ts';
import { argsortNode } from '../../nodes/argsort.ts';
import type { Generator } from './generator.ts';
import { checkRandom } from './randomArguments.ts';

/**
 * The integers from 0 to n − 1 in random order. Use {@link gather} with it to shuffle a tensor.
 *
 * argsort of n random words of 32 bits
 *
 * @param rng - the generator; one draw
 * @param n - an integer of at least 0
 * @returns int32 `[n]`
 * @throws ShapeError if `n` is not an integer of at least 0
 * @example
 * sort(randomPermutation(new Generator(1), 4)).toArray(); // => 0,1,2,3
 */
export function randomPermutation<const N extends number>(rng: Generator, n: N): Tensor<[N], 'int32'> {
  checkRandom('randomPermutation', rng, [n]);
  return withOpName('randomPermutation', () => argsortNode(rng.draw([n], 'int32'), 0, false));
}
