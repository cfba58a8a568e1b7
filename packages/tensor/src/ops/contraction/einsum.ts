import { aString } from '@chainrule/errors/check';
import { defineOp, type Op } from '../defineOp.ts';
import type { DType } from '../../array/dtype.ts';
import { tensors } from '../../array/checks.ts';
import { sizeOf } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import { matmulNode } from '../../nodes/matmul.ts';
import { reduceNode } from '../../nodes/reduce.ts';
import { reshapeNode, sliceNode, transposeNode } from '../../nodes/view.ts';
import type { Shape } from '../../types/tensor.ts';
import { parseSubscripts } from './einsumSubscripts.ts';

/** A tensor whose axes have names. */
interface Labeled {
  readonly x: Tensor;
  readonly axes: readonly string[];
}

/**
 * Einstein summation: names the axes of the operands and sums the product over all axes that the result does not name.
 *
 * `ij,jk->ik` is cᵢₖ = Σⱼ aᵢⱼ bⱼₖ. A letter that occurs twice in one operand takes the diagonal. Without `->`, the
 * result has the letters that occur once, in alphabetical order. `...` matches axes that broadcast. Operands are
 * combined from left to right, each pair in one matrix product.
 *
 * @param subscripts - letters for each operand, separated by commas, and for the result
 * @param operands - one for each term; float32 or float64 if axes are summed between two of them
 * @throws OptionError for malformed subscripts; ShapeError if they do not match the operands; DTypeError if dtypes
 *   differ
 * @example
 * einsum('ij,jk->ik', tensor([[1, 2]]), tensor([[3], [4]])).toArray(); // => 11
 * einsum('ii', tensor([[1, 2], [3, 4]])).item(); // => 5
 */
export const einsum: Op<
  <D extends DType>(subscripts: string, ...operands: readonly Tensor<Shape, D>[]) => Tensor<Shape, D>
> = /* @__PURE__ */ defineOp({
  name: 'einsum',
  params: { subscripts: aString },
  lower: (subscripts: string, ...operands: Tensor[]) => {
    tensors('einsum', 'operands', operands);
    const { inputs, output, sizes } = parseSubscripts(
      subscripts,
      operands.map((x) => x.shape),
    );
    const terms = operands.map((x, i) => dropRepeats({ x, axes: inputs[i]! }, sizes));
    const total = terms.slice(1).reduce((joined, next, i) => {
      const needed = new Set([...output, ...terms.slice(i + 2).flatMap(({ axes }) => axes)]);
      return multiply(
        sumUnneeded(joined, [...next.axes, ...needed]),
        sumUnneeded(next, [...joined.axes, ...needed]),
        needed,
      );
    }, terms[0]!);
    return orderAxes(sumUnneeded(total, output), output);
  },
  domain: {
    sample: (s) =>
      s.pick([
        ['ij,jk->ik', s.uniform([2, 3]), s.uniform([3, 4])],
        ['bqd,bkd->bqk', s.uniform([2, 3, 2]), s.uniform([2, 2, 2])],
        ['ii', s.uniform([3, 3])],
        ['iij->ji', s.uniform([2, 2, 3])],
        ['i,j,ij', s.uniform([2]), s.uniform([3]), s.uniform([2, 3])],
        ['...ij,...jk', s.uniform([2, 1, 2, 3]), s.uniform([4, 3, 2])],
      ]),
  },
});

function sizesOf({ x, axes }: Labeled, names: readonly string[]): number[] {
  return names.map((name) => x.shape[axes.indexOf(name)]!);
}

/** Takes the diagonals of repeated names and drops axes of size 1 that broadcast. */
function dropRepeats(term: Labeled, sizes: ReadonlyMap<string, number>): Labeled {
  const repeated = term.axes.find((name, i) => term.axes.indexOf(name) !== i);
  if (repeated !== undefined) return dropRepeats(diagonal(term, repeated), sizes);
  const kept = term.axes.filter((name, i) => term.x.shape[i] === sizes.get(name));
  return kept.length === term.axes.length ? term : { x: reshapeNode(term.x, sizesOf(term, kept)), axes: kept };
}

/** Takes the diagonal: every (n + 1)-th element of the two flattened axes. */
function diagonal({ x, axes }: Labeled, name: string): Labeled {
  const [i, j] = [axes.indexOf(name), axes.lastIndexOf(name)];
  const rest = axes.map((_, k) => k).filter((k) => k !== i && k !== j);
  const n = x.shape[i]!;
  const outer = rest.map((k) => x.shape[k]!);
  const flat = reshapeNode(transposeNode(x, [...rest, i, j]), [...outer, n * n]);
  const strides = [...outer.map(() => 1), n + 1];
  return {
    x: sliceNode(
      flat,
      strides.map(() => 0),
      [...outer, n],
      strides,
    ),
    axes: [...rest.map((k) => axes[k]!), name],
  };
}

/** Sums over axes that no later operand needs. */
function sumUnneeded(term: Labeled, needed: readonly string[]): Labeled {
  const axes = term.axes.map((_, i) => i).filter((i) => !needed.includes(term.axes[i]!));
  return axes.length === 0
    ? term
    : { x: reduceNode(term.x, 'sum', axes), axes: term.axes.filter((_, i) => !axes.includes(i)) };
}

/** The product of two terms, summed over the common names that are not needed later: `[batch, rows, columns]`. */
function multiply(a: Labeled, b: Labeled, needed: ReadonlySet<string>): Labeled {
  const shared = a.axes.filter((name) => b.axes.includes(name));
  const [batch, inner] = [shared.filter((name) => needed.has(name)), shared.filter((name) => !needed.has(name))];
  const [rows, columns] = [a, b].map((term) => term.axes.filter((name) => !shared.includes(name))) as [
    string[],
    string[],
  ];
  const lay = (term: Labeled, order: readonly string[], shape: readonly number[]): Tensor =>
    reshapeNode(
      transposeNode(
        term.x,
        order.map((name) => term.axes.indexOf(name)),
      ),
      shape,
    );
  const common = sizesOf(a, batch);
  const [m, k, n] = [sizesOf(a, rows), sizesOf(a, inner), sizesOf(b, columns)].map(sizeOf) as [number, number, number];
  const left = lay(a, [...batch, ...rows, ...inner], [...common, m, k]);
  const right = lay(b, [...batch, ...inner, ...columns], [...common, k, n]);
  const product = inner.length === 0 ? map(e.mul, [left, right]) : matmulNode(left, right);
  return {
    x: reshapeNode(product, [...common, ...sizesOf(a, rows), ...sizesOf(b, columns)]),
    axes: [...batch, ...rows, ...columns],
  };
}

/** Puts the axes in the order of the result. */
function orderAxes({ x, axes }: Labeled, output: readonly string[]): Tensor {
  const order = output.map((name) => axes.indexOf(name));
  return order.every((from, i) => from === i) ? x : transposeNode(x, order);
}
