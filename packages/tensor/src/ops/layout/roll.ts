import { OptionError, showValue } from '@chainrule/errors';
import { defineOp, type Op } from '../defineOp.ts';
import { aTensor, axesChecks, type AxesOptions, numberOrNumbers } from '../../array/checks.ts';
import { normalizeAxis } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { concatNode } from '../../nodes/concat.ts';
import { reshapeNode, sliceNode } from '../../nodes/view.ts';
import type { Roll } from '../signatures/index.ts';

/**
 * Shifts elements along axes. Elements that leave at one end enter at the other.
 *
 * out[i] = x[(i − shift) mod n]
 *
 * @param x - any shape
 * @param shift - the number of positions, one number or one for each axis; negative ones shift toward the start
 * @param axis - one or several; by default shifts the flattened tensor
 * @throws ShapeError for an axis that `x` does not have; OptionError if shifts are not integers or there are too many
 * @example
 * roll(tensor([1, 2, 3, 4]), 1).toArray(); // => 4,1,2,3
 */
export const roll: Op<Roll> = /* @__PURE__ */ defineOp({
  name: 'roll',
  params: { x: aTensor, shift: numberOrNumbers },
  options: axesChecks,
  lower: (x: Tensor, shift: number | readonly number[], { axis }: AxesOptions = {}) => {
    const axes = axis === undefined ? [0] : [axis].flat().map((a) => normalizeAxis('roll', a, x.rank));
    const shifts = typeof shift === 'number' ? axes.map(() => shift) : shift;
    if (shifts.length !== axes.length || shifts.some((n) => !Number.isInteger(n))) {
      throw new OptionError(`roll: \`shift\` must be an integer or ${axes.length} of them, got ${showValue(shift)}`);
    }
    const start = axis === undefined ? reshapeNode(x, [x.size]) : x;
    const rolled = axes.reduce((y, a, i) => rollAxis(y, shifts[i]!, a), start);
    return axis === undefined ? reshapeNode(rolled, x.shape) : rolled;
  },
  domain: {
    sample: (s) => [
      s.uniform([3, 4]),
      ...s.pick([
        [1],
        [-2, 0],
        [
          [1, 2],
          [0, 1],
        ],
        [5, -1],
      ]),
    ],
  },
});

function rollAxis(x: Tensor, shift: number, axis: number): Tensor {
  const n = x.shape[axis]!;
  const cut = n === 0 ? 0 : ((-shift % n) + n) % n;
  if (cut === 0) return x;
  const part = (begin: number, size: number): Tensor =>
    sliceNode(
      x,
      x.shape.map((_, i) => (i === axis ? begin : 0)),
      x.shape.map((m, i) => (i === axis ? size : m)),
    );
  return concatNode([part(cut, n - cut), part(0, cut)], axis);
}
