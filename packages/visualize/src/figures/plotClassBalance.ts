import { aBoolean, aString, checkOptions } from '@chainrule/errors/check';
import { type CategoryFigure, figureOf } from '../figure.ts';
import { greatest } from '../greatest.ts';
import { checkClassCount, className, classesOf, named, names, type Numbers } from './values.ts';

/** Options of {@link plotClassBalance}. */
export interface ClassBalanceOptions {
  /** The names of the classes. */
  readonly classes?: readonly string[];
  /** Whether to show shares of each set in place of counts, so that small sets compare to large ones. Default false. */
  readonly normalize?: boolean;
  readonly title?: string;
}

/**
 * How many samples each class has, in one set or in several side by side.
 *
 * @param labels - class numbers, or several lists of them by name, such as `{ train, validation, test }`
 * @throws OptionError for numbers that are not classes, more classes than names, or more than 200 classes
 * @example
 * const { bars } = plotClassBalance({ train: [0, 1, 1, 1], test: [0, 1] }, { classes: ['ham', 'spam'], normalize: true });
 * bars.map(({ values }) => values); // => [[0.25,0.75],[0.5,0.5]]
 */
export function plotClassBalance(
  labels: Numbers | Readonly<Record<string, Numbers>>,
  options: ClassBalanceOptions = {},
): CategoryFigure {
  const op = 'plotClassBalance';
  checkOptions(op, options, { classes: names, normalize: aBoolean, title: aString });
  const { classes, normalize = false, title = 'class balance' } = options;
  const sets = named(op, 'labels', labels, classesOf);
  for (const { at, values } of sets) checkClassCount(op, at, greatest(values, -1) + 1, classes?.length);
  const size = classes?.length ?? greatest(sets.map(({ values }) => greatest(values, -1) + 1));
  const bars = sets.map(({ name, values }) => {
    const counts = new Array<number>(size).fill(0);
    for (const label of values) counts[label]! += 1;
    return { name, values: normalize ? counts.map((count) => count / Math.max(1, values.length)) : counts };
  });
  return figureOf({
    kind: 'categories',
    title,
    x: normalize ? 'share of samples' : 'samples',
    y: 'class',
    names: Array.from({ length: size }, (_, k) => className(classes, k)),
    bars,
  });
}
