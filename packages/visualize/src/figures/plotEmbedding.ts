import { anything, aString, checkOptions, oneOf, optional, refuse } from '@chainrule/errors/check';
import { figureOf, type PointFigure } from '../figure.ts';
import { tsne, type TsneOptions } from '../tsne/tsne.ts';
import { principalComponents } from './principalComponents.ts';
import { checkSameLength, className, classesOf, names, type Numbers, type NumberTable, tableOf } from './values.ts';

/** Options of {@link plotEmbedding}. */
export interface EmbeddingOptions {
  /** How vectors get to the plane: by principal components (default), or by {@link tsne}, which returns a promise. */
  readonly method?: 'pca' | 'tsne';
  /** Options of the method `'tsne'`. */
  readonly tsne?: TsneOptions;
  /** The text beside each point, such as a word. */
  readonly names?: readonly string[];
  /** The class number of each point, for its color. */
  readonly labels?: Numbers;
  /** The names of the classes. */
  readonly classes?: readonly string[];
  readonly title?: string;
}

/**
 * Vectors in the plane of their first two principal components, in which they differ most; or at places that keep their
 * neighborhoods, by t-SNE.
 *
 * @param vectors - `[points, features]`
 * @returns a figure; with `method: 'tsne'` a promise of it
 * @throws OptionError for other shapes, and for more names or labels than vectors or fewer
 * @example
 * plotEmbedding([[0, 0, 0], [3, 4, 0]]).points.map(({ x }) => Math.abs(x)); // => [2.5,2.5]
 */
export function plotEmbedding(
  vectors: NumberTable,
  options: EmbeddingOptions & { readonly method: 'tsne' },
): Promise<PointFigure>;
export function plotEmbedding(
  vectors: NumberTable,
  options?: EmbeddingOptions & { readonly method?: 'pca' },
): PointFigure;
export function plotEmbedding(
  vectors: NumberTable,
  options: EmbeddingOptions = {},
): PointFigure | Promise<PointFigure> {
  const op = 'plotEmbedding';
  checkOptions(op, options, {
    method: oneOf('pca', 'tsne'),
    tsne: anything,
    names: optional(names),
    labels: anything,
    classes: optional(names),
    title: aString,
  });
  const table = tableOf(op, 'vectors', vectors);
  if (table.some((row) => !row.every(Number.isFinite))) refuse(op, 'vectors', 'finite numbers', vectors);
  const labels = options.labels && classesOf(op, 'labels', options.labels);
  for (const [name, list] of Object.entries({ names: options.names, labels }))
    if (list) checkSameLength(op, name, list, table.length, 'vectors');
  const figure = (x: string, y: string, places: readonly (readonly [number, number])[]): PointFigure =>
    figureOf({
      kind: 'points',
      title: options.title ?? 'embedding',
      x,
      y,
      points: places.map(([px, py], i) => ({
        x: px,
        y: py,
        ...(options.names && { name: options.names[i]! }),
        ...(labels && { group: className(options.classes, labels[i]!) }),
      })),
    });
  if (options.method === 'tsne')
    return tsne(table, options.tsne).then(({ places }) =>
      figure('first t-SNE dimension', 'second t-SNE dimension', places),
    );
  const places = table.length === 0 ? [] : principalComponents(table);
  return figure('first principal component', 'second principal component', places);
}
