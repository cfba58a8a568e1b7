import { withOpName } from '../../graph/opName.ts';
import { aTensor, axisChecks, readOptions } from '../../array/checks.ts';
import { normalizeAxis } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { reshapeNode, sliceNode } from '../../nodes/view.ts';
import type { Unstack } from '../signatures/index.ts';

/**
 * Returns the slices along an axis, which disappears. The inverse of `stack`.
 *
 * @param x - any shape of rank 1 or more
 * @param axis - by default 0
 * @returns one tensor for each position on the axis
 * @throws ShapeError for an axis that `x` does not have
 * @example
 * const [first, second] = unstack(tensor([[1, 2], [3, 4]]));
 * second.toArray(); // => 3,4
 */
export const unstack: Unstack = (x: Tensor, ...rest: unknown[]): Tensor[] =>
  withOpName('unstack', () => {
    aTensor('unstack', 'x', x);
    const { axis = 0 } = readOptions('unstack', axisChecks, rest);
    const at = normalizeAxis('unstack', axis, x.rank);
    const shape = x.shape.filter((_, i) => i !== at);
    const size = x.shape.map((n, i) => (i === at ? 1 : n));
    return Array.from({ length: x.shape[at]! }, (_, k) =>
      reshapeNode(
        sliceNode(
          x,
          size.map((_n, i) => (i === at ? k : 0)),
          size,
        ),
        shape,
      ),
    );
  });
