import { arg, castExpr, evaluateMap, type Expr, type Graph, type Node, type NodeOf, sameShape, substitute, type Tensor } from '@chainrule/tensor';

/**
 * Expressions are trees: where each step uses the last one twice, as in y = y·y, they double. So they stay below this
 * length as text, some hundreds of operations.
 */
const longestExpression = 8192;

/**
 * Joins chains of elementwise nodes: a `map` or `cast` whose only reader is a `map` of the same shape becomes part of
 * it. Each scalar operation rounds to its dtype, so fusing changes no bit.
 *
 * @example
 * const step = compile((x) => exp(neg(x)), { fuse: false });
 * step(tensor([1]));
 * fuse(step.programs()[0].program.graph).nodes.map(({ kind }) => kind); // => input,map
 */
export function fuse(graph: Graph): Graph {
  const readers = new Map<Tensor, number>();
  const count = (t: Tensor, by: number): void => void readers.set(t, (readers.get(t) ?? 0) + by);
  for (const node of graph.nodes) new Set(node.inputs).forEach((t) => count(t, 1));
  for (const t of graph.outputs) count(t, Infinity);
  const pending = new Map<Tensor, NodeOf<'map'>>();
  const nodes: Node[] = [];
  for (const node of graph.nodes) {
    const own = node.kind === 'scan' ? { ...node, attrs: { ...node.attrs, body: fuse(node.attrs.body) } } : node;
    const map = asMap(own);
    if (!map) {
      nodes.push(own);
      continue;
    }
    const fused = absorb(map, pending);
    const [out] = fused.outputs;
    if (readers.get(out!) === 1) pending.set(out!, fused);
    nodes.push(fused);
  }
  const absorbed = new Set(nodes.flatMap((node) => node.inputs));
  for (const t of graph.outputs) absorbed.add(t);
  return { ...graph, nodes: nodes.filter((node) => node.kind === 'input' || node.outputs.some((t) => absorbed.has(t))) };
}

function asMap(node: Node): NodeOf<'map'> | undefined {
  if (node.kind === 'map') return node;
  if (node.kind !== 'cast') return undefined;
  return { ...node, kind: 'map', attrs: { expr: castExpr(arg(0), node.types[0]!.dtype) }, evaluate: evaluateMap };
}

/** The node with the expressions of those inputs in place that it alone reads, unless that makes it too long. */
function absorb(node: NodeOf<'map'>, pending: ReadonlyMap<Tensor, NodeOf<'map'>>): NodeOf<'map'> {
  const inputs: Tensor[] = [];
  const read = (t: Tensor): Expr => {
    if (!inputs.includes(t)) inputs.push(t);
    return arg(inputs.indexOf(t));
  };
  const expr = substitute(node.attrs.expr, (index) => {
    const t = node.inputs[index]!;
    const producer = pending.get(t);
    if (!producer || !sameShape(t.shape, node.types[0]!.shape)) return read(t);
    return substitute(producer.attrs.expr, (i) => read(producer.inputs[i]!));
  });
  return expr.key.length > longestExpression ? node : { ...node, attrs: { expr }, inputs };
}
