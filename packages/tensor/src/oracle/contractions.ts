import type { NodeOf } from '../graph/node.ts';
import { blank, broadcastPosition, eachIndex, type OracleEvaluate, positionOf } from './loops.ts';

/** `out[…, i, j] = Σₖ a[…, i, k] b[…, k, j]` */
export const matmul: OracleEvaluate<'matmul'> = (node, [a, b]) => {
  const { transposeA, transposeB } = node.attrs;
  const [left, right] = node.inputs.map((t): readonly number[] => t.shape) as [readonly number[], readonly number[]];
  const depth = left.at(transposeA ? -2 : -1)!;
  const out = blank(node);
  eachIndex(node.types[0]!.shape, (index, at) => {
    const batch = index.slice(0, -2);
    const [i, j] = index.slice(-2) as [number, number];
    for (let k = 0; k < depth; k++) {
      const x = a![matrixPosition(left, batch, transposeA ? [k, i] : [i, k])]!;
      const y = b![matrixPosition(right, batch, transposeB ? [j, k] : [k, j])]!;
      out[at]! += x * y;
    }
  });
  return [out];
};

function matrixPosition(
  shape: readonly number[],
  batch: readonly number[],
  [row, column]: readonly [number, number],
): number {
  const matrix = broadcastPosition(shape.slice(0, -2), batch);
  return (matrix * shape.at(-2)! + row) * shape.at(-1)! + column;
}

/** The shapes of input, kernel and output of a convolution. */
function passes(node: NodeOf<'conv'>): { x: readonly number[]; kernel: readonly number[]; y: readonly number[] } {
  const [a, b] = node.inputs.map((t): readonly number[] => t.shape) as [readonly number[], readonly number[]];
  const own = node.types[0]!.shape;
  switch (node.attrs.pass) {
    case 'forward':
      return { x: a, kernel: b, y: own };
    case 'inputGradient':
      return { x: own, kernel: b, y: a };
    case 'kernelGradient':
      return { x: a, kernel: own, y: b };
  }
}

/** Visits the positions of all triples (x, kernel, y) that the convolution joins. */
function eachTriple(node: NodeOf<'conv'>, visit: (x: number, kernel: number, y: number) => void): void {
  const { x, kernel, y } = passes(node);
  const { strides, padding, dilations, groups } = node.attrs;
  const width = x.at(-1)! / groups;
  const filters = y.at(-1)! / groups;
  eachIndex(y, (out, yAt) => {
    const group = Math.floor(out.at(-1)! / filters);
    eachIndex(kernel.slice(0, -1), (cell) => {
      const spatial = strides.map((s, axis) => out[axis + 1]! * s - padding[axis]![0] + cell[axis]! * dilations[axis]!);
      if (!spatial.every((i, axis) => i >= 0 && i < x[axis + 1]!)) return;
      const xAt = positionOf(x, [out[0]!, ...spatial, group * width + cell.at(-1)!]);
      visit(xAt, positionOf(kernel, [...cell, out.at(-1)!]), yAt);
    });
  });
}

/** Each pass adds up the products of the other two operands over all triples. */
export const conv: OracleEvaluate<'conv'> = (node, [a, b]) => {
  const out = blank(node);
  eachTriple(node, (x, kernel, y) => {
    if (node.attrs.pass === 'forward') out[y]! += a![x]! * b![kernel]!;
    else if (node.attrs.pass === 'inputGradient') out[x]! += a![y]! * b![kernel]!;
    else out[kernel]! += a![x]! * b![y]!;
  });
  return [out];
};
