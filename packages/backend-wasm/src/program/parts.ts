import { type NodeOf, sizeOf } from '@chainrule/tensor';

/** A scan that does less is done before two threads have met. */
const leastWork = 2e6;
/** Parts are cut for a few threads, and so that one that is held up can be helped. */
const mostParts = 4;
/** Fewer rows would leave register blocks and vectors half empty. */
const leastRows = 16;

/** Into how many parts so many independent rows of a scan are cut, by shapes alone: a thread takes a part through all steps. */
export function partsOf({ attrs: { body, length } }: NodeOf<'scan'>, rows: number): number {
  if (length * body.nodes.reduce((sum, node) => sum + workOf(node), 0) < leastWork) return 1;
  for (let parts = Math.min(mostParts, Math.floor(rows / leastRows)); parts > 1; parts--) if (rows % parts === 0) return parts;
  return 1;
}

/** Operations of a node, roughly. */
function workOf(node: NodeOf<'scan'>['attrs']['body']['nodes'][number]): number {
  const size = node.types.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  if (node.kind === 'matmul') return 2 * size * node.inputs[0]!.shape.at(node.attrs.transposeA ? -2 : -1)!;
  return node.kind === 'map' ? 8 * size : size;
}
