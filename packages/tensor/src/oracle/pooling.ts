import type { NodeOf } from '../graph/node.ts';
import { blank, eachIndex, type OracleEvaluate, positionOf } from './loops.ts';

/** The positions in `[…spatial]` of the cells of the window at `index` that lie inside. */
function cells(attrs: NodeOf<'pool'>['attrs'], spatial: readonly number[], index: readonly number[]): number[] {
  const found: number[] = [];
  eachIndex(attrs.size, (cell) => {
    const place = cell.map(
      (c, axis) => index[axis + 1]! * attrs.strides[axis]! - attrs.padding[axis]![0] + c * attrs.dilations[axis]!,
    );
    if (place.every((i, axis) => i >= 0 && i < spatial[axis]!)) found.push(positionOf(spatial, place));
  });
  return found;
}

/**
 * Max with the position of the first largest element, average over the cells inside, and the gradient of the average.
 */
export const pool: OracleEvaluate<'pool'> = (node, [x]) => {
  const { attrs } = node;
  const isAdjoint = attrs.op === 'averageGradient';
  const [whole, windows] = isAdjoint
    ? [node.types[0]!.shape, node.inputs[0]!.shape]
    : [node.inputs[0]!.shape, node.types[0]!.shape];
  const spatial = whole.slice(1, -1);
  const flat = [whole[0], spatial.reduce((a, b) => a * b, 1), whole.at(-1)!];
  const out = node.types.map((_, i) => blank(node, i));
  eachIndex(windows, (index, at) => {
    const inside = cells(attrs, spatial, index);
    const places = inside.map((cell) => positionOf(flat, [index[0]!, cell, index.at(-1)!]));
    if (isAdjoint) {
      for (const place of places) out[0]![place]! += x![at]! / inside.length;
    } else if (attrs.op === 'average') {
      out[0]![at] = places.reduce((sum, place) => sum + x![place]!, 0) / inside.length;
    } else {
      const best = firstLargest(places.map((place) => x![place]!));
      out[0]![at] = x![places[best]!]!;
      out[1]![at] = inside[best]!;
    }
  });
  return out;
};

/** NaN wins over all numbers. */
function firstLargest(values: readonly number[]): number {
  const nan = values.findIndex(Number.isNaN);
  return nan >= 0 ? nan : values.indexOf(Math.max(...values));
}
