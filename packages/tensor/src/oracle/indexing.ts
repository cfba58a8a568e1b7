import { ValueError } from '@chainrule/errors';
import { indexMessage, type IndexingNode } from '../nodes/gather.ts';
import { arithmetic, blank, eachIndex, type OracleEvaluate, positionOf } from './loops.ts';

/** Resolves a negative index from the end, unless indices are labels. */
function place(node: IndexingNode, index: number, size: number): number {
  if (index < (node.attrs.labels ? 0 : -size) || index >= size) throw new ValueError(indexMessage(node, index, size));
  return index < 0 ? index + size : index;
}

/** `out[…before, …where, …after] = x[…before, indices[…where], …after]` */
export const gather: OracleEvaluate<'gather'> = (node, [x, indices]) => {
  const [source, where] = node.inputs.map((t): readonly number[] => t.shape) as [readonly number[], readonly number[]];
  const { axis } = node.attrs;
  const out = blank(node);
  eachIndex(node.types[0]!.shape, (index, at) => {
    const chosen = indices![positionOf(where, index.slice(axis, axis + where.length))]!;
    const from = [...index.slice(0, axis), place(node, chosen, source[axis]!), ...index.slice(axis + where.length)];
    out[at] = x![positionOf(source, from)]!;
  });
  return [out];
};

/** `out[…, i, …] = x[…, indices[…, i, …], …]` */
export const takeAlongAxis: OracleEvaluate<'takeAlongAxis'> = (node, [x, indices]) => {
  const { shape } = node.inputs[0]!;
  const { axis } = node.attrs;
  const out = blank(node);
  eachIndex(node.types[0]!.shape, (index, at) => {
    out[at] = x![positionOf(shape, index.with(axis, place(node, indices![at]!, shape[axis]!)))]!;
  });
  return [out];
};

/** Copies `base` and adds each update at its index. */
export const scatterAdd: OracleEvaluate<'scatterAdd'> = (node, [base, indices, updates]) => {
  const { axis, along } = node.attrs;
  const { shape, dtype } = node.types[0]!;
  const [, where, from] = node.inputs.map((t): readonly number[] => t.shape) as [
    readonly number[],
    readonly number[],
    readonly number[],
  ];
  const out = blank(node);
  out.set(base!);
  eachIndex(from, (index, at) => {
    const to = along
      ? index.with(axis, place(node, indices![at]!, shape[axis]!))
      : [
          ...index.slice(0, axis),
          place(node, indices![positionOf(where, index.slice(axis, axis + where.length))]!, shape[axis]!),
          ...index.slice(axis + where.length),
        ];
    const target = positionOf(shape, to);
    out[target] = arithmetic.add(dtype, out[target]!, updates![at]!);
  });
  return [out];
};
