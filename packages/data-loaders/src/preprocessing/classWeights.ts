import { ValueError } from '@chainrule/errors';
import { aCount, checkOptions } from '@chainrule/errors/check';
import type { Tensor } from '@chainrule/tensor';
import { columnOf } from './categories.ts';

/**
 * Computes a weight for each class, so that all classes have the same influence: rows / (classes · rows of the class). Pass
 * the result as `classWeights` of `fit`. A class without rows gets weight 1 and is not counted.
 *
 * @param labels - integers from 0: a tensor, or a list
 * @param options - `classes`; by default one more than the greatest label
 * @throws ValueError for a label that is not an integer from 0 to `classes` − 1
 * @example
 * classWeights([0, 0, 0, 1]); // => [0.6666666666666666,2]
 */
export function classWeights(
  labels: Tensor | ArrayLike<number>,
  options: { readonly classes?: number } = {},
): number[] {
  const values = columnOf('classWeights', labels);
  checkOptions('classWeights', options, { classes: aCount });
  const { classes = values.reduce<number>((most, label) => Math.max(most, Number(label) + 1), 0) } = options;
  const counts = Array<number>(Number.isInteger(classes) ? classes : 0).fill(0);
  values.forEach((label, i) => {
    if (typeof label !== 'number' || counts[label] === undefined)
      throw new ValueError(`classWeights: \`labels\` must be integers in [0, ${classes}), got ${label} at ${i}`);
    counts[label] += 1;
  });
  const present = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count === 0 ? 1 : values.length / (present * count)));
}
