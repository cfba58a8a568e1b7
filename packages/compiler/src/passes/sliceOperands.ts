import { Tensor } from '@chainrule/tensor';
import { evaluateView, type Graph, liveNodes, type Node, type NodeOf, sizeOf } from '@chainrule/tensor/graph';
import { append } from '../graph/append.ts';

/**
 * Slices the operands of an elementwise node instead of its result, if only slices read the result. The gates of a
 * recurrent cell, which are slices of one sum, then need neither a pass nor memory for the sum.
 */
export function sliceOperands(graph: Graph): Graph {
  const readers = new Map<Tensor, Node[]>();
  for (const node of graph.nodes) for (const t of new Set(node.inputs)) append(readers, t, node);
  const outputs = new Set(graph.outputs);
  const maps = new Map<Tensor, NodeOf<'map'>>();
  for (const node of graph.nodes)
    if (node.kind === 'map' && isOnlySliced(node, readers, outputs)) maps.set(node.outputs[0]!, node);
  if (maps.size === 0) return graph;
  const nodes = graph.nodes.flatMap((node): Node[] => {
    const map = node.kind === 'view' ? maps.get(node.inputs[0]!) : undefined;
    if (!map) return [node];
    const slices = map.inputs.map((x) => sliceLike(node as NodeOf<'view'>, x));
    return [
      ...slices,
      { ...map, inputs: slices.map(({ outputs }) => outputs[0]!), types: node.types, outputs: node.outputs },
    ];
  });
  return { ...graph, nodes: liveNodes(nodes, graph.outputs) };
}

/** Whether only slices read the result, and together have at most as many elements. */
function isOnlySliced(
  { outputs, types }: NodeOf<'map'>,
  readers: ReadonlyMap<Tensor, readonly Node[]>,
  results: ReadonlySet<Tensor>,
): boolean {
  const all = readers.get(outputs[0]!) ?? [];
  const slices = all.filter((node) => node.kind === 'view' && node.attrs.view === 'slice');
  if (slices.length === 0 || slices.length < all.length || results.has(outputs[0]!)) return false;
  return slices.reduce((sum, node) => sum + sizeOf(node.types[0]!.shape), 0) <= sizeOf(types[0]!.shape);
}

/** Slices an operand in the same way. If it broadcasts, axes of size 1 stay, and leading axes may be missing. */
function sliceLike(slice: NodeOf<'view'>, x: Tensor): NodeOf<'view'> {
  const { begin, strides } = slice.attrs as { begin: readonly number[]; strides: readonly number[] };
  const lead = begin.length - x.rank;
  const whole = slice.inputs[0]!.shape;
  const stays = x.shape.map((n, i) => n === 1 && whole[i + lead] !== 1);
  const shape = x.shape.map((n, i) => (stays[i] ? n : slice.types[0]!.shape[i + lead]!));
  const attrs = {
    view: 'slice' as const,
    begin: x.shape.map((_, i) => (stays[i] ? 0 : begin[i + lead]!)),
    strides: x.shape.map((_, i) => (stays[i] ? 1 : strides[i + lead]!)),
  };
  return {
    ...slice,
    attrs,
    inputs: [x],
    types: [{ shape, dtype: x.dtype }],
    outputs: [new Tensor(shape, x.dtype, x['~scope']!)],
    evaluate: evaluateView,
  };
}
