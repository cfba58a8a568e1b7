import type { Expr, Tensor } from '@chainrule/tensor';
import { arg, type Graph, type Node, type NodeOf, sameShape, substitute } from '@chainrule/tensor/graph';
import { castAsMap } from '../graph/castAsMap.ts';
import { countOperations } from '../graph/countOperations.ts';

/**
 * The most operations of an expression, and the most tensors that it reads. Without a limit, expressions would double
 * at each step of y = y·y, since they are trees.
 */
const mostOperations = 128;
const mostInputs = 32;

/** A `map` and the producers that become part of it. `build` makes the expression once, after all decisions. */
interface FusedMap {
  readonly node: NodeOf<'map'>;
  readonly parts: Map<Tensor, FusedMap>;
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
  const fused = new Map<Tensor, FusedMap>();
  const absorbed = new Set<Tensor>();
  for (const node of graph.nodes) {
    const map = asMap(node);
    if (map)
      fused.set(
        map.outputs[0]!,
        absorb(map, (t) => (readers.get(t) === 1 ? fused.get(t) : undefined), absorbed),
      );
  }
  const nodes = graph.nodes.flatMap((node): Node[] => {
    const [out] = node.outputs;
    if (node.kind === 'scan') return [{ ...node, attrs: { ...node.attrs, body: fuse(node.attrs.body) } }];
    return absorbed.has(out!) ? [] : [fused.has(out!) ? build(fused.get(out!)!) : node];
  });
  return { ...graph, nodes };
}

function asMap(node: Node): NodeOf<'map'> | undefined {
  return node.kind === 'cast' ? castAsMap(node) : node.kind === 'map' ? node : undefined;
}

/** Absorbs the producers that `candidate` offers, unless the expression becomes too long. */
function absorb(node: NodeOf<'map'>, candidate: (t: Tensor) => FusedMap | undefined, absorbed: Set<Tensor>): FusedMap {
  const uses = new Map<Tensor, number>();
  const all = new Set(node.inputs);
  const made: FusedMap = {
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

/** Returns the node with the expressions of its parts substituted. It reads each tensor once. */
function build(whole: FusedMap): NodeOf<'map'> {
  const numbers = new Map<Tensor, number>();
  const expand = ({ node, parts }: FusedMap): Expr =>
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
