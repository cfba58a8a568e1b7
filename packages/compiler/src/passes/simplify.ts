import { Tensor } from '@chainrule/tensor';
import { evaluateNode, type Graph, liveNodes, type Node, type NodeOf, sameShape } from '@chainrule/tensor/graph';
import { describeNode } from '../graph/describe.ts';

/**
 * The most elements of a result that is computed at compile time, so that a broadcast constant does not become a large
 * array.
 */
const largestFolded = 4096;

/**
 * Simplifies a graph: inlines the bodies of `custom` nodes, computes constants, merges equal nodes, joins views
 * of views, lets products read transposed operands, and drops unused nodes. Does not change a bit of any result.
 *
 * @example
 * const step = compile((x) => transpose(transpose(x)), { simplify: false, fuse: false });
 * step(zeros([2, 3]));
 * simplify(step.programs()[0].program.graph).nodes.map(({ kind }) => kind); // => input
 */
export function simplify(graph: Graph): Graph {
  const rewriter = new Rewriter();
  for (const node of graph.nodes) rewriter.add(node, '');
  const outputs = graph.outputs.map((t) => rewriter.find(t));
  return { inputs: graph.inputs, outputs, nodes: pruneScans(liveNodes(rewriter.nodes, outputs), outputs) };
}

class Rewriter {
  readonly nodes: Node[] = [];
  private readonly replaced = new Map<Tensor, Tensor>();
  private readonly producers = new Map<Tensor, Node>();
  private readonly known = new Map<string, readonly Tensor[]>();
  private readonly ids = new Map<Tensor, number>();
  private scopes = 0;

  /** Maps values of the original graph to those that replace them. */
  find(t: Tensor): Tensor {
    return this.replaced.get(t) ?? t;
  }

  /** @param scope - keeps bodies behind a barrier from being merged with anything outside */
  add(original: Node, scope: string): void {
    const node = withInputs(
      original,
      original.inputs.map((t) => this.find(t)),
    );
    if (node.kind === 'custom') return this.inline(node, scope);
    if (node.kind === 'input') return this.push(node);
    const candidate = this.rewrite(node.kind === 'scan' ? simplifyScan(node) : node);
    if (candidate instanceof Tensor) return void this.replaced.set(original.outputs[0]!, candidate);
    const key = scope + describeNode(candidate, (t) => String(this.idOf(t)));
    const known = this.known.get(key);
    if (known) return original.outputs.forEach((t, i) => this.replaced.set(t, known[i]!));
    this.known.set(key, candidate.outputs);
    this.push(candidate);
  }

  private push(node: Node): void {
    this.nodes.push(node);
    for (const t of node.outputs) this.producers.set(t, node);
  }

  private idOf(t: Tensor): number {
    let id = this.ids.get(t);
    if (id === undefined) this.ids.set(t, (id = this.ids.size));
    return id;
  }

  /** Replaces a node by the nodes of its body. They get new symbols, because a body may be inlined several times. */
  private inline(node: NodeOf<'custom'>, scope: string): void {
    const inner = node.attrs.barrier ? `${scope}/${this.scopes++}` : scope;
    const { body } = node.attrs;
    const fresh = new Map<Tensor, Tensor>(body.inputs.map((symbol, i) => [symbol, node.inputs[i]!]));
    for (const part of body.nodes) {
      if (part.kind === 'input') continue;
      const outputs = part.outputs.map((t) => new Tensor(t.shape, t.dtype, t['~scope']!));
      this.add({ ...part, inputs: part.inputs.map((t) => fresh.get(t)!), outputs }, inner);
      part.outputs.forEach((t, i) => fresh.set(t, outputs[i]!));
    }
    node.outputs.forEach((t, i) => this.replaced.set(t, this.find(fresh.get(body.outputs[i]!)!)));
  }

  /** Returns a simpler node with the same outputs, or a value that equals the output. */
  private rewrite(node: Node): Node | Tensor {
    if (node.kind === 'view') return this.rewriteView(node);
    return node.kind === 'matmul' ? this.rewriteMatmul(node) : this.fold(node);
  }

  private rewriteView(node: NodeOf<'view'>): Node | Tensor {
    const [x] = node.inputs as [Tensor];
    const { attrs } = node;
    const before = this.producers.get(x);
    if (attrs.view === 'reshape' || attrs.view === 'broadcast') {
      if (sameShape(x.shape, node.types[0]!.shape)) return x;
      if (before?.kind === 'view' && before.attrs.view === attrs.view && attrs.view === 'reshape') {
        return this.rewriteView({ ...node, inputs: before.inputs });
      }
    }
    if (attrs.view === 'transpose') {
      if (attrs.axes.every((a, i) => a === i)) return x;
      if (before?.kind === 'view' && before.attrs.view === 'transpose') {
        const inner = before.attrs.axes;
        return this.rewriteView({
          ...node,
          inputs: before.inputs,
          attrs: { view: 'transpose', axes: attrs.axes.map((a) => inner[a]!) },
        });
      }
    }
    return this.fold(node);
  }

  /** Lets a product read the untransposed operand instead of a transpose of the last two axes. */
  private rewriteMatmul(node: NodeOf<'matmul'>): Node {
    const [a, b] = node.inputs.map((t) => this.transposed(t)) as [Tensor | undefined, Tensor | undefined];
    if (!a && !b) return this.fold(node);
    const { transposeA, transposeB } = node.attrs;
    const attrs = { transposeA: transposeA !== (a !== undefined), transposeB: transposeB !== (b !== undefined) };
    return { ...node, attrs, inputs: [a ?? node.inputs[0]!, b ?? node.inputs[1]!] };
  }

  /** The tensor whose transpose, in the last two axes, is `t`. */
  private transposed(t: Tensor): Tensor | undefined {
    const node = this.producers.get(t);
    if (node?.kind !== 'view' || node.attrs.view !== 'transpose') return undefined;
    const { axes } = node.attrs;
    const last = axes.length - 1;
    const swaps = axes.every((a, i) => a === (i === last ? last - 1 : i === last - 1 ? last : i));
    return swaps ? node.inputs[0] : undefined;
  }

  /** Replaces a node whose inputs are constants by a constant. Returns other nodes unchanged. */
  private fold(node: Node): Node {
    const [type] = node.types;
    if (node.inputs.length === 0 || node.outputs.length > 1 || node.outputs[0]!.size > largestFolded) return node;
    const constants = node.inputs.map((t) => this.producers.get(t));
    if (!constants.every((c) => c?.kind === 'constant')) return node;
    const [data] = evaluateNode(
      node,
      constants.map((c) => c.attrs.value['~values']),
    );
    const value = new Tensor(type!.shape, type!.dtype, data!);
    return { ...constants[0]!, attrs: { value }, types: node.types, outputs: node.outputs };
  }
}

function withInputs(node: Node, inputs: readonly Tensor[]): Node {
  return { ...node, inputs };
}

function simplifyScan(node: NodeOf<'scan'>): Node {
  return { ...node, attrs: { ...node.attrs, body: simplify(node.attrs.body) } };
}

/** Drops stacked outputs of scans that nothing reads, and the nodes that only they need. */
function pruneScans(nodes: readonly Node[], outputs: readonly Tensor[]): Node[] {
  const used = new Set([...outputs, ...nodes.flatMap((node) => node.inputs)]);
  return nodes.map((node) => {
    if (node.kind !== 'scan') return node;
    const { body, carries } = node.attrs;
    const keep = node.outputs.map((t, i) => i < carries || used.has(t));
    if (keep.every(Boolean)) return node;
    const kept = body.outputs.filter((_, i) => keep[i]);
    const pruned = { ...body, outputs: kept, nodes: liveNodes(body.nodes, kept) };
    return {
      ...node,
      attrs: { ...node.attrs, body: pruned },
      types: node.types.filter((_, i) => keep[i]),
      outputs: node.outputs.filter((_, i) => keep[i]),
    };
  });
}
