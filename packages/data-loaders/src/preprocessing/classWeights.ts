import { showValue, ValueError } from '@chainrule/errors';
import { aCount, checkOptions, refuse } from '@chainrule/errors/check';
import type { Tensor } from '@chainrule/tensor';
import { columnOf } from './categories.ts';

/** A larger label is a mistake, such as an identifier, and its list of weights might not fit into memory. */
const mostClasses = 1_000_000;

/**
 * Computes a weight for each class, so that all classes have the same influence: rows / (classes · rows of the class). Pass
 * the result as `classWeights` of `fit`. A class without rows gets weight 1 and is not counted.
 *
 * @param labels - integers from 0: a tensor, or a list
 * @param options - `classes`; by default one more than the greatest label
 * @throws ValueError for a label that is not an integer from 0 to `classes` − 1; OptionError for more than a million classes
 * @example
 * classWeights([0, 0, 0, 1]); // => [0.6666666666666666,2]
 */
export function classWeights(
  labels: Tensor | ArrayLike<number>,
  options: { readonly classes?: number } = {},
): number[] {
  const values = columnOf('classWeights', labels);
  checkOptions('classWeights', options, { classes: aCount });
  if (options.classes! > mostClasses) refuse('classWeights', 'classes', `at most ${mostClasses}`, options.classes);
  const isClass = (label: unknown): boolean =>
    Number.isInteger(label) && Number(label) >= 0 && Number(label) < mostClasses;
  const wrong = values.findIndex((label) => !isClass(label));
  if (wrong >= 0)
    throw new ValueError(
      `classWeights: \`labels\` must be integers in [0, ${options.classes ?? mostClasses}), got ${showValue(values[wrong])} at ${wrong}; number the classes with \`ordinalEncoder\``,
    );
  const { classes = values.reduce<number>((most, label) => Math.max(most, Number(label) + 1), 0) } = options;
  const counts = Array<number>(classes).fill(0);
  values.forEach((label, i) => {
    if (counts[label as number] === undefined)
      throw new ValueError(`classWeights: \`labels\` must be integers in [0, ${classes}), got ${label} at ${i}`);
    counts[label as number]! += 1;
  });
  const present = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count === 0 ? 1 : values.length / (present * count)));
}
