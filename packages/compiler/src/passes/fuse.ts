import type { Expr, Tensor } from '@chainrule/tensor';
import {
  arg,
  castExpr,
  evaluateMap,
  type Graph,
  type Node,
  type NodeOf,
  sameShape,
  substitute,
} from '@chainrule/tensor/graph';
import { countOperations } from '../graph/countOperations.ts';

/**
 * Expressions are trees: they double where each step uses the last one twice, as in y = y·y. So an expression has at most
 * this many operations, and reads at most this many tensors.
 */
const mostOperations = 128;
const mostInputs = 32;

/** A `map` with the producers that become part of it; its expression is built once, when everything is known. */
interface Draft {
  readonly node: NodeOf<'map'>;
  readonly parts: Map<Tensor, Draft>;
  operations: number;
  inputs: ReadonlySet<Tensor>;
}

/**
 * Joins chains of elementwise nodes: a `map` or `cast` whose only reader is a `map` of the same shape becomes part of
 * it. Each scalar operation rounds to its dtype, so fusing changes no bit. Takes time linear in the size of the graph.
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
  const drafts = new Map<Tensor, Draft>();
  const absorbed = new Set<Tensor>();
  for (const node of graph.nodes) {
    const map = asMap(node);
    if (map)
      drafts.set(
        map.outputs[0]!,
        draft(map, (t) => (readers.get(t) === 1 ? drafts.get(t) : undefined), absorbed),
      );
  }
  const nodes = graph.nodes.flatMap((node): Node[] => {
    const [out] = node.outputs;
    if (node.kind === 'scan') return [{ ...node, attrs: { ...node.attrs, body: fuse(node.attrs.body) } }];
    return absorbed.has(out!) ? [] : [drafts.has(out!) ? build(drafts.get(out!)!) : node];
  });
  return { ...graph, nodes };
}

function asMap(node: Node): NodeOf<'map'> | undefined {
  if (node.kind === 'map') return node;
  if (node.kind !== 'cast') return undefined;
  return { ...node, kind: 'map', attrs: { expr: castExpr(arg(0), node.types[0]!.dtype) }, evaluate: evaluateMap };
}

/** Takes in the producers that `candidate` offers, as long as the expression does not become too long. */
function draft(node: NodeOf<'map'>, candidate: (t: Tensor) => Draft | undefined, absorbed: Set<Tensor>): Draft {
  const uses = new Map<Tensor, number>();
  const all = new Set(node.inputs);
  const made: Draft = {
    node,
    parts: new Map(),
    operations: countOperations(node.attrs.expr, (i) =>
      uses.set(node.inputs[i]!, (uses.get(node.inputs[i]!) ?? 0) + 1),
    ),
    inputs: all,
  };
  for (const t of all) {
    const part = candidate(t);
    if (!part || !sameShape(t.shape, node.types[0]!.shape)) continue;
    const operations = made.operations + (uses.get(t) ?? 0) * part.operations;
    const inputs = new Set([...made.inputs, ...part.inputs]);
    inputs.delete(t);
    if (operations > mostOperations || inputs.size > mostInputs) continue;
    made.operations = operations;
    made.inputs = inputs;
    made.parts.set(t, part);
    absorbed.add(t);
  }
  return made;
}

/** The node with the expressions of its parts in place, reading each tensor once. */
function build(whole: Draft): NodeOf<'map'> {
  const numbers = new Map<Tensor, number>();
  const expand = ({ node, parts }: Draft): Expr =>
    substitute(node.attrs.expr, (i) => {
      const t = node.inputs[i]!;
      const part = parts.get(t);
      if (part) return expand(part);
      if (!numbers.has(t)) numbers.set(t, numbers.size);
      return arg(numbers.get(t)!);
    });
  const expr = expand(whole);
  return { ...whole.node, attrs: { expr }, inputs: [...numbers.keys()] };
}
