import { OptionError, ShapeError, showShape, showValue } from '@chainrule/errors';
import { defineOp, type Op } from '../defineOp.ts';
import type { FloatDType } from '../../array/dtype.ts';
import { twoTensors } from '../../array/checks.ts';
import { normalizeAxis, sameShape, sizeOf } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { matmulNode } from '../../nodes/matmul.ts';
import { reshapeNode, transposeNode } from '../../nodes/view.ts';
import type { Tensordot, TensordotAxes } from '../signatures/index.ts';

/**
 * The sum of products over common axes of two tensors. The remaining axes of `a` come first, then those of `b`.
 *
 * c[i…, j…] = Σ a[i…, k…] b[k…, j…]
 *
 * @param a - any shape
 * @param b - any shape
 * @param axes - the number of last axes of `a` and first axes of `b` to sum over, by default 2; or two lists of axes,
 *   for `a` and for `b`
 * @throws ShapeError if sizes differ or axes do not exist; DTypeError for integers
 * @example
 * tensordot(ones([2, 3, 4]), ones([3, 4, 5])).shape; // => 2,5
 * tensordot(tensor([1, 2]), tensor([3, 4]), 1).item(); // => 11
 */
export const tensordot: Op<Tensordot<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'tensordot',
  params: twoTensors,
  lower: (a: Tensor, b: Tensor, axes: TensordotAxes = 2) => contract(a, b, ...axisPairs(a, b, axes)),
  domain: {
    sample: (s) =>
      s.pick([
        [s.uniform([2, 3, 4]), s.uniform([3, 4, 2])],
        [s.uniform([2, 3]), s.uniform([3, 4]), 1],
        [s.uniform([2]), s.uniform([3]), 0],
        [
          s.uniform([2, 3, 4]),
          s.uniform([4, 2]),
          [
            [0, -1],
            [1, 0],
          ],
        ],
      ]),
  },
});

function axisPairs(a: Tensor, b: Tensor, axes: TensordotAxes): [number[], number[]] {
  if (typeof axes === 'number') {
    if (!Number.isInteger(axes) || axes < 0 || axes > Math.min(a.rank, b.rank)) {
      throw new OptionError(
        `tensordot: \`axes\` must be two lists or an integer of at most the ranks of ${showShape(a.shape)} and ${showShape(b.shape)}, got ${axes}`,
      );
    }
    return [Array.from({ length: axes }, (_, i) => a.rank - axes + i), Array.from({ length: axes }, (_, i) => i)];
  }
  if (!Array.isArray(axes) || axes.length !== 2 || !axes.every(Array.isArray) || axes[0].length !== axes[1].length) {
    throw new OptionError(`tensordot: \`axes\` must be an integer or two lists of one length, got ${showValue(axes)}`);
  }
  return [
    axes[0].map((n) => normalizeAxis('tensordot', n, a.rank)),
    axes[1].map((n) => normalizeAxis('tensordot', n, b.rank)),
  ];
}

function contract(a: Tensor, b: Tensor, ofA: readonly number[], ofB: readonly number[]): Tensor {
  for (const list of [ofA, ofB]) {
    if (new Set(list).size !== list.length)
      throw new ShapeError(`tensordot: \`axes\` must name each axis once, got ${showShape(list)}`);
  }
  const [sizesOfA, sizesOfB] = [ofA.map((axis) => a.shape[axis]!), ofB.map((axis) => b.shape[axis]!)];
  if (!sameShape(sizesOfA, sizesOfB)) {
    throw new ShapeError(
      `tensordot: contracted axes must have the same sizes, got ${showShape(sizesOfA)} and ${showShape(sizesOfB)}`,
    );
  }
  const [freeA, freeB] = [
    a.shape.map((_, i) => i).filter((i) => !ofA.includes(i)),
    b.shape.map((_, i) => i).filter((i) => !ofB.includes(i)),
  ];
  const sizes = (x: Tensor, axes: readonly number[]): number[] => axes.map((i) => x.shape[i]!);
  const depth = sizeOf(sizes(a, ofA));
  const left = reshapeNode(transposeNode(a, [...freeA, ...ofA]), [sizeOf(sizes(a, freeA)), depth]);
  const right = reshapeNode(transposeNode(b, [...ofB, ...freeB]), [depth, sizeOf(sizes(b, freeB))]);
  return reshapeNode(matmulNode(left, right), [...sizes(a, freeA), ...sizes(b, freeB)]);
}
