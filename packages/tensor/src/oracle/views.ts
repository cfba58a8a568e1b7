import type { NodeOf } from '../graph/node.ts';
import type { OracleEvaluate } from './loops.ts';
import { blank, broadcastPosition, eachIndex, positionOf } from './loops.ts';

/** The position in `x` that an element of a view reads; `undefined` in the padding. */
function source(node: NodeOf<'view'>, index: readonly number[], at: number): number | undefined {
  const { attrs } = node;
  const { shape } = node.inputs[0]!;
  switch (attrs.view) {
    case 'reshape':
      return at;
    case 'transpose':
      return positionOf(
        shape,
        shape.map((_, axis) => index[attrs.axes.indexOf(axis)]!),
      );
    case 'broadcast':
      return broadcastPosition(shape, index);
    case 'slice':
      return positionOf(
        shape,
        index.map((i, axis) => attrs.begin[axis]! + i * attrs.strides[axis]!),
      );
    case 'flip':
      return positionOf(
        shape,
        index.map((i, axis) => (attrs.axes.includes(axis) ? shape[axis]! - 1 - i : i)),
      );
    case 'pad': {
      const from = index.map((i, axis) => (i - attrs.before[axis]!) / (1 + attrs.interior[axis]!));
      const inside = from.every((i, axis) => Number.isInteger(i) && i >= 0 && i < shape[axis]!);
      return inside ? positionOf(shape, from) : undefined;
    }
  }
}

/** Reads every element of the view from its source. */
export const view: OracleEvaluate<'view'> = (node, [x]) => {
  const out = blank(node);
  eachIndex(node.types[0]!.shape, (index, at) => {
    const from = source(node, index, at);
    out[at] = from === undefined ? (node.attrs as { value: number }).value : x![from]!;
  });
  return [out];
};

/** Reads every element from the input that contains its position on the axis. */
export const concat: OracleEvaluate<'concat'> = (node, inputs) => {
  const { axis } = node.attrs;
  const out = blank(node);
  eachIndex(node.types[0]!.shape, (index, at) => {
    let which = 0;
    let along = index[axis]!;
    while (along >= node.inputs[which]!.shape[axis]!) along -= node.inputs[which++]!.shape[axis]!;
    out[at] = inputs[which]![positionOf(node.inputs[which]!.shape, index.with(axis, along))]!;
  });
  return [out];
};
