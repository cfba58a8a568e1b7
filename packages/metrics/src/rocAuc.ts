import { ShapeError, showShape, ValueError } from '@chainrule/errors';
import { anything, checkOptions, oneOf, refuse } from '@chainrule/errors/check';
import { isTensor, type Tensor } from '@chainrule/tensor';
import { type Values, valuesOf, weightsOf } from './arrays.ts';
import { type CurveOptions, rocCurve } from './rocCurve.ts';

/** Options of {@link rocAuc}. */
export interface RocAucOptions extends CurveOptions {
  /** Whether classes count equally (`'macro'`, default) or in proportion to their labels (`'weighted'`). */
  readonly average?: 'macro' | 'weighted';
  /** Whether each class is compared with the rest (`'oneVsRest'`, default) or with each other class (`'oneVsOne'`). */
  readonly multiClass?: 'oneVsRest' | 'oneVsOne';
}

/**
 * The exact area under the ROC curve for several classes: the mean of the areas of binary problems (`'oneVsOne'`: Hand and
 * Till 2001). For a binary problem, use `area` of {@link rocCurve}. The metric {@link auc} is streaming and approximate.
 *
 * @param labels - `[samples]`, from 0, a tensor or a list
 * @param scores - `[samples, classes]`, logits or probabilities
 * @param options - `average` ('macro'), `multiClass` ('oneVsRest'), `weights` of samples
 * @returns the area, or NaN if a class has no labels or all labels
 * @throws ShapeError for different lengths; ValueError for labels outside the classes, NaN or negative weights
 * @example
 * rocAuc([0, 1, 2], tensor([[0.5, 0.25, 0.25], [0.125, 0.5, 0.375], [0.25, 0.5, 0.25]])).toFixed(4); // => 0.6667
 */
export function rocAuc(labels: Values, scores: Tensor, options: RocAucOptions = {}): number {
  const name = 'rocAuc';
  checkOptions(name, options, {
    weights: anything,
    average: oneOf('macro', 'weighted'),
    multiClass: oneOf('oneVsRest', 'oneVsOne'),
  });
  const wanted = Array.from(valuesOf(name, 'labels', labels));
  if (!isTensor(scores)) refuse(name, 'scores', 'a tensor', scores);
  if (scores.rank !== 2 || scores.shape[0] !== wanted.length)
    throw new ShapeError(
      `${name}: \`scores\` must have shape [${wanted.length}, classes], got ${showShape(scores.shape)}`,
    );
  const classes = scores.shape[1];
  const wrong = wanted.findIndex((label) => !Number.isInteger(label) || label < 0 || label >= classes);
  if (wrong >= 0)
    throw new ValueError(`${name}: \`labels\` must be in [0, ${classes}), got ${wanted[wrong]} at ${wrong}`);
  const weights = Array.from(weightsOf(name, options.weights, wanted.length));
  const values = valuesOf(name, 'scores', scores);
  const areaOf = (yes: number, no?: number): number => {
    const rows = [...wanted.keys()].filter((i) => no === undefined || wanted[i] === yes || wanted[i] === no);
    return rocCurve(
      rows.map((i) => Number(wanted[i] === yes)),
      rows.map((i) => values[i * classes + yes]!),
      { weights: rows.map((i) => weights[i]!) },
    ).area;
  };
  const supports = Array.from({ length: classes }, (_, k) =>
    weights.reduce((sum, w, i) => sum + (wanted[i] === k ? w : 0), 0),
  );
  const parts = supports.flatMap((support, k) =>
    options.multiClass === 'oneVsOne'
      ? supports.slice(0, k).map((other, j) => ({ area: (areaOf(k, j) + areaOf(j, k)) / 2, weight: support + other }))
      : [{ area: areaOf(k), weight: support }],
  );
  const weight = (part: { readonly weight: number }): number => (options.average === 'weighted' ? part.weight : 1);
  return (
    parts.reduce((sum, part) => sum + weight(part) * part.area, 0) / parts.reduce((sum, part) => sum + weight(part), 0)
  );
}
