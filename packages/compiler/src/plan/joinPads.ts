import { evaluateConcat, type Expr, type Graph, liveNodes, type Node, type NodeOf, type Tensor } from '@chainrule/tensor';

/**
 * The graph with sums of tensors that are padded with zeros along one axis, whose parts fill the axis and do not overlap,
 * as concatenations: the gradient of slices of one tensor, such as the gates of a recurrent cell, is such a sum. Where
 * an element is −0, the sum with +0 would have been +0.
 */
export function joinPads(graph: Graph): Graph {
  const pads = new Map<Tensor, NodeOf<'view'>>();
  let joined = false;
  const nodes = graph.nodes.map((node): Node => {
    if (node.kind === 'view' && node.attrs.view === 'pad') pads.set(node.outputs[0]!, node);
    const parts = node.kind === 'map' ? partsOf(node, pads) : undefined;
    if (!parts) return node;
    joined = true;
    return { ...node, kind: 'concat', attrs: { axis: parts.axis }, inputs: parts.inputs, evaluate: evaluateConcat };
  });
  return joined ? { ...graph, nodes: liveNodes(nodes, graph.outputs) } : graph;
}

interface Parts {
  readonly axis: number;
  readonly inputs: readonly Tensor[];
}

function partsOf({ attrs: { expr }, inputs, types }: NodeOf<'map'>, pads: ReadonlyMap<Tensor, NodeOf<'view'>>): Parts | undefined {
  if (inputs.length < 2 || !isSum(expr, inputs.length)) return undefined;
  const parts = inputs.flatMap((t) => placedIn(pads.get(t)) ?? []);
  if (parts.length < inputs.length) return undefined;
  const { shape } = types[0]!;
  const axis = shape.findIndex((n, i) => parts[0]!.x.shape[i] !== n);
  if (axis < 0 || !parts.every(({ x }) => x.shape.every((n, i) => i === axis || n === shape[i]))) return undefined;
  parts.sort((a, b) => a.before[axis]! - b.before[axis]!);
  let end = 0;
  for (const { before, x } of parts) {
    if (before[axis] !== end) return undefined;
    end += x.shape[axis]!;
  }
  return end === shape[axis] ? { axis, inputs: parts.map(({ x }) => x) } : undefined;
}

function placedIn(pad: NodeOf<'view'> | undefined): { readonly before: readonly number[]; readonly x: Tensor } | undefined {
  if (pad?.attrs.view !== 'pad' || pad.attrs.value !== 0 || pad.attrs.interior.some((n) => n !== 0)) return undefined;
  return { before: pad.attrs.before, x: pad.inputs[0]! };
}

/** Whether the expression adds up all arguments, each once. */
function isSum(expr: Expr, count: number): boolean {
  const seen: number[] = [];
  const visit = (part: Expr): boolean => (part.op === 'arg' ? seen.push(part.index) > 0 : part.op === 'add' && part.args.every(visit));
  return visit(expr) && seen.length === count && new Set(seen).size === count;
}
