import { anything, aString, checkOptions, optional, refuse } from '@chainrule/errors/check';
import { figureOf, type PointFigure } from '../figure.ts';
import { principalComponents } from './principalComponents.ts';
import { checkSameLength, className, classesOf, names, type Numbers, type NumberTable, tableOf } from './values.ts';

/** Options of {@link plotEmbedding}. */
export interface EmbeddingOptions {
  /** The text beside each point, such as a word. */
  readonly names?: readonly string[];
  /** The class number of each point, for its color. */
  readonly labels?: Numbers;
  /** The names of the classes. */
  readonly classes?: readonly string[];
  readonly title?: string;
}

/**
 * Vectors in the plane of their first two principal components, in which they differ most.
 *
 * @param vectors - `[points, features]`
 * @throws OptionError for other shapes, and for more names or labels than vectors or fewer
 * @example
 * plotEmbedding([[0, 0, 0], [3, 4, 0]]).points.map(({ x }) => Math.abs(x)); // => [2.5,2.5]
 */
export function plotEmbedding(vectors: NumberTable, options: EmbeddingOptions = {}): PointFigure {
  const op = 'plotEmbedding';
  checkOptions(op, options, { names: optional(names), labels: anything, classes: optional(names), title: aString });
  const table = tableOf(op, 'vectors', vectors);
  if (table.some((row) => !row.every(Number.isFinite))) refuse(op, 'vectors', 'finite numbers', vectors);
  const labels = options.labels && classesOf(op, 'labels', options.labels);
  for (const [name, list] of Object.entries({ names: options.names, labels }))
    if (list) checkSameLength(op, name, list, table.length, 'vectors');
  const places = table.length === 0 ? [] : principalComponents(table);
  return figureOf({
    kind: 'points',
    title: options.title ?? 'embedding',
    x: 'first principal component',
    y: 'second principal component',
    points: places.map(([x, y], i) => ({
      x,
      y,
      ...(options.names && { name: options.names[i]! }),
      ...(labels && { group: className(options.classes, labels[i]!) }),
    })),
  });
}
