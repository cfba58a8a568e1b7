import { aTensor } from '../../array/checks.ts';
import type { ShapeOf } from '../signatures/index.ts';

/**
 * The shape of a tensor with its literal sizes, for the type checker. `x.shape` has them as numbers, because otherwise a
 * tensor of unknown shape would not fit in place of one of known shape.
 *
 * @throws OptionError if `x` is not a tensor
 * @example
 * const [rows, columns] = shapeOf(zeros([2, 3]));
 * zeros([columns, rows]).shape; // => 3,2
 */
export const shapeOf: ShapeOf = (x) => {
  aTensor('shapeOf', 'x', x);
  return x.shape as never;
};
