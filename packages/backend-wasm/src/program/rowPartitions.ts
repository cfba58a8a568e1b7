import { type NodeOf, sizeOf } from '@chainrule/tensor/graph';

/** A scan of fewer operations ends before two threads have synchronized. */
const minWork = 2e6;
const maxPartitions = 4;
/**
 * The preferred rows of a partition, and the least rows if there are two: 64 rows on two threads took 5% less time in 2
 * partitions than in 4.
 */
const preferredRows = 32;
const minRows = 16;

/**
 * The number of partitions for the independent rows of a scan. It depends only on shapes. A thread computes all steps
 * of a partition.
 */
export function rowPartitionsOf({ attrs: { body, length } }: NodeOf<'scan'>, rows: number): number {
  if (length * body.nodes.reduce((sum, node) => sum + workOf(node), 0) < minWork) return 1;
  for (
    let partitions = Math.min(maxPartitions, Math.max(2, Math.floor(rows / preferredRows)));
    partitions > 1;
    partitions--
  ) {
    if (rows % partitions === 0 && rows / partitions >= minRows) return partitions;
  }
  return 1;
}

/** An estimate of the operations of a node. */
function workOf(node: NodeOf<'scan'>['attrs']['body']['nodes'][number]): number {
  const size = node.types.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  if (node.kind === 'matmul') return 2 * size * node.inputs[0]!.shape.at(node.attrs.transposeA ? -2 : -1)!;
  return node.kind === 'map' ? 8 * size : size;
}
