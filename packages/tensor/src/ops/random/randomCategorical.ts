import { DTypeError, ShapeError, showShape } from '@chainrule/errors';
import { integerFrom } from '@chainrule/errors/check';
import { type FloatDType, isFloat } from '../../array/dtype.ts';
import { withOpName } from '../../graph/opName.ts';
import { aTensor } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import { reduceNode } from '../../nodes/reduce.ts';
import { reshapeNode } from '../../nodes/view.ts';
import type { Generator } from './generator.ts';
import type { CategoricalShape } from '../../types/rearrange.ts';
import type { Shape } from '../../types/tensor.ts';
import { checkRandom } from './randomArguments.ts';

/**
 * Random classes with the probabilities softmax(logits).
 *
 * argmax(logits − ln(−ln(1 − u))) with u uniform (the Gumbel-max trick; Gumbel 1954). A logit of −∞ is never drawn.
 *
 * @param rng - the generator; one draw
 * @param logits - `[…, classes]`, float32 or float64
 * @param count - the number of draws for each row, by default 1
 * @returns int32 `[…, count]`
 * @throws ShapeError without classes; OptionError for an invalid count; DTypeError for integers
 * @example
 * randomCategorical(new Generator(1), tensor([0, 50, 0]), 3).toArray(); // => 1,1,1
 */
export function randomCategorical<S extends Shape, const N extends number = 1>(
  rng: Generator,
  logits: Tensor<S, FloatDType>,
  count?: N,
): Tensor<CategoricalShape<S, N>, 'int32'> {
  checkRandom('randomCategorical', rng, []);
  aTensor('randomCategorical', 'logits', logits);
  const { shape, dtype }: Tensor = logits;
  const times: number = count ?? 1;
  if (!isFloat(dtype))
    throw new DTypeError(
      `randomCategorical: expects float32 or float64, got ${String(dtype)}; convert it with \`cast\``,
    );
  if (shape.length === 0 || shape.at(-1) === 0)
    throw new ShapeError(
      `randomCategorical: \`logits\` expects [...,classes] with at least one class, got ${showShape(shape)}`,
    );
  integerFrom(0)('randomCategorical', 'count', times);
  return withOpName('randomCategorical', () => {
    const [rows, classes] = [shape.slice(0, -1), shape.at(-1)!];
    const uniforms = rng.draw([...rows, times, classes], dtype);
    // u = 0 would be an infinite number, which wins against every logit.
    const gumbel = (u: e.Scalar): e.Scalar => e.neg(e.log(e.neg(e.log1p(e.neg(e.max(u, 2 ** -25))))));
    const noisy = map((l, u) => e.add(l, gumbel(u)), [reshapeNode(logits, [...rows, 1, classes]), uniforms]);
    return reduceNode(noisy, 'argmax', [rows.length + 1]);
  });
}
