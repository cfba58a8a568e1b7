import type { Expr, Tensor } from '@chainrule/tensor';
import { evaluateConcat, type Graph, liveNodes, type Node, type NodeOf, sameShape } from '@chainrule/tensor/graph';

/**
 * Replaces sums of tensors that are padded with zeros along one axis by concatenations, if the tensors fill the axis
 * and do not overlap. The gradient of slices of one tensor, such as the gates of a recurrent cell, is such a sum. An
 * element of −0 stays −0, while the sum with +0 would have been +0.
 */
export function padsToConcat(graph: Graph): Graph {
  const pads = new Map<Tensor, NodeOf<'view'>>();
  const sums = new Map<Tensor, NodeOf<'map'>>();
  const readers = new Map<Tensor, number>();
  for (const node of graph.nodes) {
    const [out] = node.outputs;
    if (node.kind === 'view' && node.attrs.view === 'pad') pads.set(out!, node);
    if (node.kind === 'map' && node.inputs.length > 1 && isSum(node.attrs.expr, node.inputs.length))
      sums.set(out!, node);
    for (const t of node.inputs) readers.set(t, (readers.get(t) ?? 0) + 1);
  }
  if (pads.size === 0 || sums.size === 0) return graph;
  for (const t of graph.outputs) readers.set(t, Infinity);
  /** A long sum consists of several nodes. A node that only another node of the sum reads is a part of that node. */
  const isPart = (t: Tensor, { outputs }: NodeOf<'map'>): boolean =>
    sums.has(t) && readers.get(t) === 1 && sameShape(t.shape, outputs[0]!.shape);
  const inner = new Set([...sums.values()].flatMap((node) => node.inputs.filter((t) => isPart(t, node))));
  const nodes = graph.nodes.map((node): Node => {
    const sum = sums.get(node.outputs[0]!);
    if (!sum || inner.has(sum.outputs[0]!)) return node;
    const terms = [...sum.inputs];
    // The iteration includes items that are added during it.
    for (const t of terms) if (inner.has(t)) for (const term of sums.get(t)!.inputs) terms.push(term);
    const parts = partsOf(
      terms.filter((t) => !inner.has(t)),
      sum.types[0]!.shape,
      pads,
    );
    return parts
      ? { ...node, kind: 'concat', attrs: { axis: parts.axis }, inputs: parts.inputs, evaluate: evaluateConcat }
      : node;
  });
  return { ...graph, nodes: liveNodes(nodes, graph.outputs) };
}

interface Parts {
  readonly axis: number;
  readonly inputs: readonly Tensor[];
}

function partsOf(
  terms: readonly Tensor[],
  shape: readonly number[],
  pads: ReadonlyMap<Tensor, NodeOf<'view'>>,
): Parts | undefined {
  const parts = terms.flatMap((t) => placedIn(pads.get(t)) ?? []);
  if (parts.length < terms.length) return undefined;
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

function placedIn(
  pad: NodeOf<'view'> | undefined,
): { readonly before: readonly number[]; readonly x: Tensor } | undefined {
  if (pad?.attrs.view !== 'pad' || pad.attrs.value !== 0 || pad.attrs.interior.some((n) => n !== 0)) return undefined;
  return { before: pad.attrs.before, x: pad.inputs[0]! };
}

/** Whether the expression is the sum of all arguments. */
function isSum(expr: Expr, count: number): boolean {
  const seen: number[] = [];
  const visit = (part: Expr): boolean =>
    part.op === 'arg' ? seen.push(part.index) > 0 : part.op === 'add' && part.args.every(visit);
  return visit(expr) && seen.length === count && new Set(seen).size === count;
}
