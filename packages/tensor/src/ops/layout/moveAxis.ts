import { OptionError, ShapeError, showShape, showValue } from '@chainrule/errors';
import { defineOp, type Op } from '../defineOp.ts';
import { aTensor, numberOrNumbers } from '../../array/checks.ts';
import { normalizeAxis } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { transposeNode } from '../../nodes/view.ts';
import type { MoveAxis } from '../signatures/index.ts';

/**
 * Moves axes to other positions. The other axes keep their order.
 *
 * @param x - any shape
 * @param source - one axis or several
 * @param destination - the position of each axis in the result
 * @throws ShapeError for axes that `x` does not have or that are named twice; OptionError for lists of different
 *   lengths
 * @example
 * moveAxis(zeros([2, 3, 4]), 0, -1).shape; // => 3,4,2
 */
export const moveAxis: Op<MoveAxis> = /* @__PURE__ */ defineOp({
  name: 'moveAxis',
  params: { x: aTensor, source: numberOrNumbers, destination: numberOrNumbers },
  lower: (x: Tensor, source: number | readonly number[], destination: number | readonly number[]) => {
    const [from, to] = [source, destination].map((list) =>
      [list].flat().map((a) => normalizeAxis('moveAxis', a, x.rank)),
    ) as [number[], number[]];
    if (from.length !== to.length) {
      throw new OptionError(
        `moveAxis: \`source\` and \`destination\` must have equal lengths, got ${showValue(source)} and ${showValue(destination)}`,
      );
    }
    for (const list of [from, to]) {
      if (new Set(list).size !== list.length)
        throw new ShapeError(`moveAxis: must name each axis once, got ${showShape(list)}`);
    }
    const rest = x.shape.map((_, i) => i).filter((a) => !from.includes(a));
    return transposeNode(
      x,
      x.shape.map((_, i) => (to.includes(i) ? from[to.indexOf(i)]! : rest.shift()!)),
    );
  },
  domain: {
    sample: (s) => [
      s.uniform([2, 3, 4]),
      ...s.pick([
        [0, 2],
        [2, 0],
        [-1, 1],
        [
          [0, 1],
          [2, 0],
        ],
      ]),
    ],
  },
});
