import { OptionError, ShapeError, showShape, showValue } from '@chainrule/errors';
import { withOpName } from '../../graph/opName.ts';
import { aTensor, axisChecks, readOptions } from '../../array/checks.ts';
import { normalizeAxis } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { sliceNode } from '../../nodes/view.ts';
import type { Split } from '../signatures/index.ts';

/**
 * Splits a tensor along an axis.
 *
 * A list holds the sizes of the parts, as in TensorFlow and PyTorch. NumPy's list holds positions.
 *
 * @param x - any shape of rank 1 or more
 * @param parts - the number of equal parts, or the size of each part
 * @param axis - by default 0
 * @throws ShapeError if the axis is not divisible or the sizes do not add up; OptionError for invalid sizes
 * @example
 * const [a, b] = split(tensor([1, 2, 3, 4]), 2);
 * b.toArray(); // => 3,4
 * split(tensor([1, 2, 3]), [1, 2]).map((part) => part.shape); // => 1,2
 */
export const split: Split = (x: Tensor, parts: number | readonly number[], ...rest: unknown[]): Tensor[] =>
  withOpName('split', () => {
    aTensor('split', 'x', x);
    const { axis = 0 } = readOptions('split', axisChecks, rest);
    const at = normalizeAxis('split', axis, x.rank);
    let begin = 0;
    return partSizes(x, parts, at).map((size) => {
      const part = sliceNode(
        x,
        x.shape.map((_, i) => (i === at ? begin : 0)),
        x.shape.map((n, i) => (i === at ? size : n)),
      );
      begin += size;
      return part;
    });
  });

function partSizes(x: Tensor, parts: number | readonly number[], axis: number): readonly number[] {
  const whole = x.shape[axis]!;
  if (typeof parts === 'number') {
    if (!Number.isInteger(parts) || parts < 1)
      throw new OptionError(`split: \`parts\` must be a positive integer or a list of sizes, got ${showValue(parts)}`);
    if (whole % parts !== 0)
      throw new ShapeError(
        `split: axis ${axis} of ${showShape(x.shape)} does not divide into ${parts} parts; give a list of sizes`,
      );
    return new Array<number>(parts).fill(whole / parts);
  }
  if (!Array.isArray(parts) || parts.some((n) => !Number.isInteger(n) || n < 0)) {
    throw new OptionError(`split: \`parts\` must be a positive integer or a list of sizes, got ${showValue(parts)}`);
  }
  const sizes: readonly number[] = parts;
  if (sizes.reduce((a, b) => a + b, 0) !== whole)
    throw new ShapeError(`split: sizes ${showShape(sizes)} must add up to axis ${axis} of ${showShape(x.shape)}`);
  return sizes;
}
