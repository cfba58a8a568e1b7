import { OptionError, ShapeError, showShape, showValue } from '@chainrule/errors';
import { defineOp, type Op } from '../defineOp.ts';
import { aTensor, axisChecks, type AxisOptions, numberOrNumbers } from '../../array/checks.ts';
import { normalizeAxis } from '../../array/shape.ts';
import { Tensor } from '../../array/tensor.ts';
import { gatherNode } from '../../nodes/gather.ts';
import { broadcastNode, reshapeNode } from '../../nodes/view.ts';
import type { Repeat } from '../signatures/index.ts';

/**
 * Repeats each element, as NumPy's `repeat`. {@link tile} repeats the whole tensor.
 *
 * @param x - any shape
 * @param repeats - the number of copies: one number, or one for each position on the axis
 * @param axis - by default `x` is flattened first
 * @throws OptionError if repeats are not integers of at least 0; ShapeError if the length of a list is not the size of
 *   the axis
 * @example
 * repeat(tensor([1, 2]), 2).toArray(); // => 1,1,2,2
 * repeat(tensor([1, 2]), [0, 3], 0).toArray(); // => 2,2,2
 */
export const repeat: Op<Repeat> = /* @__PURE__ */ defineOp({
  name: 'repeat',
  params: { x: aTensor, repeats: numberOrNumbers },
  options: axisChecks,
  lower: (given: Tensor, repeats: number | readonly number[], { axis }: AxisOptions = {}) => {
    const x = axis === undefined ? reshapeNode(given, [given.size]) : given;
    const at = normalizeAxis('repeat', axis ?? 0, x.rank);
    const counts: readonly unknown[] = Array.isArray(repeats) ? repeats : [repeats];
    if (counts.some((n) => !Number.isInteger(n) || (n as number) < 0)) {
      throw new OptionError(`repeat: \`repeats\` must be integers of at least 0, got ${showValue(repeats)}`);
    }
    return typeof repeats === 'number' ? repeatUniformly(x, repeats, at) : repeatByCounts(x, repeats, at);
  },
  domain: { sample: (s) => [s.uniform([2, 3]), ...s.pick([[2], [2, 0], [3, -1], [[1, 2], 0], [[0, 2, 1], 1]])] },
});

function repeatUniformly(x: Tensor, times: number, axis: number): Tensor {
  const [before, n, after] = [x.shape.slice(0, axis), x.shape[axis]!, x.shape.slice(axis + 1)];
  const cells = reshapeNode(x, [...before, n, 1, ...after]);
  return reshapeNode(broadcastNode(cells, [...before, n, times, ...after]), [...before, n * times, ...after]);
}

function repeatByCounts(x: Tensor, counts: readonly number[], axis: number): Tensor {
  if (counts.length !== x.shape[axis]) {
    throw new ShapeError(
      `repeat: \`repeats\` must have ${x.shape[axis]!} entries for axis ${axis} of ${showShape(x.shape)}, got ${counts.length}`,
    );
  }
  const positions = Int32Array.from(counts.flatMap((n, i) => new Array<number>(n).fill(i)));
  return gatherNode(x, new Tensor([positions.length], 'int32', positions), axis);
}
