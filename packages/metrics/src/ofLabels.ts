import { type Expr, expandDims, map, scalar as e, squeeze, takeAlongAxis, type Tensor } from '@chainrule/tensor';
import { checkLabels } from '@chainrule/tensor/graph';

/**
 * Computes a value for each position from the score of its label.
 *
 * @param scores - `[…, classes]`
 * @param labels - int32, of the same shape without the class axis
 * @param otherwise - the value for labels outside the classes
 */
export function ofLabels(
  name: string,
  scores: Tensor,
  labels: Tensor,
  value: (score: Expr) => Expr,
  otherwise: number,
): Tensor {
  checkLabels(name, scores, labels);
  const classes = scores.shape.at(-1)!;
  const isClass = (l: Expr): Expr => e.and(e.le(0, l), e.lt(l, classes));
  const places: Tensor = expandDims(
    map((l) => e.select(isClass(l), l, 0), [labels]),
    -1,
  );
  const own: Tensor = squeeze(takeAlongAxis(scores, places), -1);
  return map((score, l) => e.select(isClass(l), value(score), otherwise), [own, labels]);
}
