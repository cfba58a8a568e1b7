import { ValueError } from '@chainrule/errors';
import { indexMessage } from '../nodes/gather.ts';
import { arithmetic, blank, eachIndex, type OracleEvaluate, positionOf } from './loops.ts';

/** An index counted from the end where negative, unless it is a label. */
function place(op: string, index: number, size: number, labels = false): number {
  if (index < (labels ? 0 : -size) || index >= size) throw new ValueError(indexMessage(index, size, op, labels));
  return index < 0 ? index + size : index;
}

/** `out[…before, …where, …after] = x[…before, indices[…where], …after]` */
export const gather: OracleEvaluate<'gather'> = (node, [x, indices]) => {
  const [source, where] = node.inputs.map((t) => t.shape) as [number[], number[]];
  const { axis } = node.attrs;
  const out = blank(node);
  eachIndex(node.types[0]!.shape, (index, at) => {
    const chosen = indices![positionOf(where, index.slice(axis, axis + where.length))]!;
    const from = [...index.slice(0, axis), place(node.op, chosen, source[axis]!), ...index.slice(axis + where.length)];
    out[at] = x![positionOf(source, from)]!;
  });
  return [out];
};

/** `out[…, i, …] = x[…, indices[…, i, …], …]` */
export const takeAlongAxis: OracleEvaluate<'takeAlongAxis'> = (node, [x, indices]) => {
  const { shape } = node.inputs[0]!;
  const { axis, labels } = node.attrs;
  const out = blank(node);
  eachIndex(node.types[0]!.shape, (index, at) => {
    out[at] = x![positionOf(shape, index.with(axis, place(node.op, indices![at]!, shape[axis]!, labels)))]!;
  });
  return [out];
};

/** A copy of `base` to which each update is added where its index says. */
export const scatterAdd: OracleEvaluate<'scatterAdd'> = (node, [base, indices, updates]) => {
  const { axis, along, labels } = node.attrs;
  const { shape, dtype } = node.types[0]!;
  const [, where, from] = node.inputs.map((t) => t.shape) as [number[], number[], number[]];
  const out = blank(node);
  out.set(base!);
  eachIndex(from, (index, at) => {
    const to = along
      ? index.with(axis, place(node.op, indices![at]!, shape[axis]!, labels))
      : [
          ...index.slice(0, axis),
          place(node.op, indices![positionOf(where, index.slice(axis, axis + where.length))]!, shape[axis]!, labels),
          ...index.slice(axis + where.length),
        ];
    const target = positionOf(shape, to);
    out[target] = arithmetic.add(dtype, out[target]!, updates![at]!);
  });
  return [out];
};
